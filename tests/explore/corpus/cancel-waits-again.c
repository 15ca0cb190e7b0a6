/*
 * Woken by a broadcast, and cancelled, a thread finds that it has to wait once more, and
 * ends there. It waits in no loop for ever. (Whether it ends where it was woken POSIX
 * leaves open.)
 *
 * can: exit 0 | ended\n
 * says: is cancelled when a signal has woken it, and may end there
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int never;

static void unlock(void *argument)
{
    pthread_mutex_unlock(argument);
}

static void *wait(void *argument)
{
    pthread_mutex_lock(&mutex);
    pthread_cleanup_push(unlock, &mutex);
    while (never == 0)
        pthread_cond_wait(&condition, &mutex);
    pthread_cleanup_pop(1);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait, NULL);
    pthread_cond_broadcast(&condition);
    pthread_cancel(thread);
    pthread_join(thread, NULL);
    puts("ended");
    return 0;
}
