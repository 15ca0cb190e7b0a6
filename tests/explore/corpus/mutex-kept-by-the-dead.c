/*
 * A mutex that is not robust is kept by its owner even behind its end.
 *
 * can: deadlock |
 * says: waits for the mutex lock, which keep has
 * native: no, it waits for ever
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *keep(void *argument)
{
    pthread_mutex_lock(&lock);
    return argument;
}

int main(void)
{
    pthread_t keeper;

    pthread_create(&keeper, NULL, keep, NULL);
    pthread_join(keeper, NULL);
    pthread_mutex_lock(&lock);
    puts("mine");
    return 0;
}
