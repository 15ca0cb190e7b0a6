/*
 * A thread that locks a normal mutex twice waits for itself.
 *
 * can: deadlock |
 * native: no, it waits for ever
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *twice(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, twice, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
