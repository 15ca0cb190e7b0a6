/*
 * The same in a block; and both use the mutex.
 *
 * can: exit 0 | done\n
 * can: misuse |
 * says: reads a variable of a block that has ended
 * races: memory
 * native: no, it locks what is none
 */
#include <pthread.h>
#include <stdio.h>

static void *run(void *argument)
{
    pthread_mutex_t *lock = argument;

    pthread_mutex_lock(lock);
    pthread_mutex_unlock(lock);
    return NULL;
}

int main(void)
{
    pthread_t thread;

    {
        pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

        pthread_create(&thread, NULL, run, &lock);
        run(&lock);
    }
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
