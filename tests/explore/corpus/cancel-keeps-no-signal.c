/*
 * Two wait, the second with a limit, when main signals and then cancels the second. If
 * it was woken, it goes on, and the first waits in vain; else the first was woken, and
 * the second is cancelled, or late. Never is it cancelled and keeps the signal (POSIX,
 * pthread_cond_wait).
 *
 * can: lost wake-up | on\n
 * can: exit 0 | cancelled\n
 * can: exit 0 | on\n
 * says: is cancelled when a signal has woken it, and may end there
 * explore: spurious=0
 * native: no, it waits for ever
 * toy: no, it has no pthread_cancel
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turn = PTHREAD_COND_INITIALIZER;
static sem_t there;

static void unlock(void *mutex)
{
    pthread_mutex_unlock(mutex);
}

static void *wait(void *limit)
{
    pthread_mutex_lock(&lock);
    sem_post(&there);
    pthread_cleanup_push(unlock, &lock);
    if (limit != NULL)
        pthread_cond_timedwait(&turn, &lock, limit);
    else
        pthread_cond_wait(&turn, &lock);
    pthread_cleanup_pop(1);
    return NULL;
}

int main(void)
{
    pthread_t first, second;
    struct timespec limit;
    void *result;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 60;
    sem_init(&there, 0, 0);
    pthread_create(&first, NULL, wait, NULL);
    sem_wait(&there);
    pthread_create(&second, NULL, wait, &limit);
    sem_wait(&there);
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&turn);
    pthread_mutex_unlock(&lock);
    pthread_cancel(second);
    pthread_join(second, &result);
    puts(result == PTHREAD_CANCELED ? "cancelled" : "on");
    pthread_join(first, NULL);
    return 0;
}
