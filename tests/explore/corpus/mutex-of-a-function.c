/*
 * A function has its mutex to itself again, and returns, before or after the other thread
 * was done with it.
 *
 * can: exit 0 | done\n
 * can: misuse |
 * says: reads a variable of a function that has returned
 * races: memory
 * native: no, it locks what is none
 */
#include <pthread.h>
#include <stdio.h>

static pthread_t thread;

static void *run(void *argument)
{
    pthread_mutex_t *lock = argument;

    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

static void start(void)
{
    pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

    pthread_create(&thread, NULL, run, &lock);
}

int main(void)
{
    start();
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
