/*
 * Main has woken the thread before it cancels it. Cancelled before it goes on, it may
 * end there, as nobody else waits (POSIX, pthread_cond_wait); or it goes on, which
 * alone is tried. So nothing is proven.
 *
 * can: exit 0 | woken\n
 * says: is cancelled when a signal has woken it, and may end there
 * explore: spurious=0
 * status: 3
 * native: no, it may end there
 * toy: no, it has no pthread_cancel
 */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn = PTHREAD_COND_INITIALIZER, there = PTHREAD_COND_INITIALIZER;
static bool waits;

static void unlock(void *mutex)
{
    pthread_mutex_unlock(mutex);
}

static void *wait(void *argument)
{
    pthread_mutex_lock(&lock);
    waits = true;
    pthread_cond_signal(&there);
    pthread_cleanup_push(unlock, &lock);
    pthread_cond_wait(&turn, &lock);
    pthread_cleanup_pop(1);
    return argument;
}

int main(void)
{
    pthread_t thread;
    void *result;

    pthread_mutex_lock(&lock);
    pthread_create(&thread, NULL, wait, NULL);
    while (!waits)
        pthread_cond_wait(&there, &lock);
    pthread_cond_signal(&turn);
    pthread_mutex_unlock(&lock);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    puts(result == PTHREAD_CANCELED ? "cancelled" : "woken");
    return 0;
}
