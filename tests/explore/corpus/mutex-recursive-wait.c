/*
 * A wait gives a recursive mutex up once (glibc; pthread_cond_wait(3p) warns
 * of it): locked twice, it is still locked, and whoever should signal cannot
 * come in.
 *
 * can: lost wake-up |
 * says: waits for the mutex lock, which main has
 * native: no, it waits for ever
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

static void *signal_it(void *argument)
{
    pthread_mutex_lock(&lock);
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_t signaller;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_settype(&attr, PTHREAD_MUTEX_RECURSIVE);
    pthread_mutex_init(&lock, &attr);
    pthread_mutex_lock(&lock);
    pthread_mutex_lock(&lock);
    pthread_create(&signaller, NULL, signal_it, NULL);
    for (;;)
        pthread_cond_wait(&changed, &lock);
}
