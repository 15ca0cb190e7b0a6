/*
 * A wait with a mutex locked twice gives it up once, so the mutex remains locked;
 * whoever waits and is late locks it again while the other could not have come in
 * between. Its rival is who took the lock first: if it was the other, who keeps it,
 * main does not get it, and all end.
 *
 * can: deadlock |
 * can: exit 0 | m\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static pthread_cond_t never = PTHREAD_COND_INITIALIZER;

static void *keep(void *arg)
{
    pthread_mutex_lock(&lock);
    return arg;
}

int main(void)
{
    pthread_t other;

    pthread_create(&other, NULL, keep, NULL);
    if (pthread_mutex_trylock(&lock) == 0) {
        pthread_mutex_trylock(&lock);
        pthread_cond_timedwait(&never, &lock, &(struct timespec){0});
    } else {
        puts("m");
    }
    pthread_join(other, NULL);
    return 0;
}
