/*
 * One thread frees, the other reads, both with the lock: in one of the two
 * orders what is read was freed.
 *
 * can: exit 0 | 5\n
 * can: misuse |
 * says: reads memory that was freed
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int *shared;

static void *release(void *argument)
{
    pthread_mutex_lock(&lock);
    free(shared);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t thread;
    int value;

    shared = malloc(sizeof *shared);
    *shared = 5;
    pthread_create(&thread, NULL, release, NULL);
    pthread_mutex_lock(&lock);
    value = *shared;
    pthread_mutex_unlock(&lock);
    pthread_join(thread, NULL);
    printf("%d\n", value);
    return 0;
}
