/*
 * Main may lock first, or wait while the owner ends: then it is told so.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | owner dead\n
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

static void *die_with_it(void *argument)
{
    pthread_mutex_lock(&lock);
    return argument;
}

int main(void)
{
    pthread_t owner;
    int err;

    make_robust();
    pthread_create(&owner, NULL, die_with_it, NULL);
    err = pthread_mutex_lock(&lock);
    puts(err == EOWNERDEAD ? "owner dead" : err == 0 ? "0" : "?");
    if (err == EOWNERDEAD)
        pthread_mutex_consistent(&lock);
    pthread_mutex_unlock(&lock);
    pthread_join(owner, NULL);
    return 0;
}
