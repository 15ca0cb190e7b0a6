/*
 * In one order the thread prints what nobody has written, in the other a zero: in
 * memory that happens to be zero that is one outcome of two runs, of which each is
 * looked at.
 *
 * can: exit 0 | 0\n
 * says: depends on memory that it has not written before
 * status: 3
 * native: no, memory may hold anything
 * toy: no, it has no other memory
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static int *number;

static void *print(void *argument)
{
    pthread_mutex_lock(&mutex);
    printf("%d\n", *number);
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    pthread_t thread;

    number = malloc(sizeof *number);
    pthread_create(&thread, NULL, print, NULL);
    pthread_mutex_lock(&mutex);
    *number = 0;
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
    free(number);
    return 0;
}
