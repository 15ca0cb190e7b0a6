/*
 * What is printed of memory that was not written before is printed before any thread
 * is there: whatever the threads do, runs have that in common.
 *
 * can: exit 0 | 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * toy: no, its blocks hold what was there
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;

static void *pass(void *unused)
{
    pthread_mutex_lock(&mutex);
    pthread_mutex_unlock(&mutex);
    return unused;
}

int main(void)
{
    int *block = malloc(sizeof *block);
    pthread_t threads[2];

    printf("%d\n", *block);
    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, pass, NULL);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    free(block);
    return 0;
}
