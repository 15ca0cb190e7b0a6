/*
 * A wait that gets the mutex back from the dead says so.
 *
 * can: exit 0 | 1\n
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock;

static void make_robust(void)
{
    pthread_mutexattr_t attr;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(&lock, &attr);
    pthread_mutexattr_destroy(&attr);
}

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int done;

static void *signal_and_die(void *argument)
{
    pthread_mutex_lock(&lock);
    done = 1;
    pthread_cond_signal(&changed);
    return argument;
}

int main(void)
{
    pthread_t owner;
    int err = 0;

    make_robust();
    err = pthread_mutex_lock(&lock);
    pthread_create(&owner, NULL, signal_and_die, NULL);
    while (!done)
        err = pthread_cond_wait(&changed, &lock);
    printf("%d\n", err == EOWNERDEAD);
    pthread_join(owner, NULL);
    return 0;
}
