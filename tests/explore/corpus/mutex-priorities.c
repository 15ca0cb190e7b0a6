/*
 * There are no priorities here: a mutex that lends them is like any other, and so is one
 * that other processes could share.
 *
 * can: exit 0 | 2\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t inherit, protect;
static int count;

static void make(pthread_mutex_t *mutex, int protocol)
{
    pthread_mutexattr_t attr;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setprotocol(&attr, protocol);
    pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
    pthread_mutex_init(mutex, &attr);
    pthread_mutexattr_destroy(&attr);
}

static void *add(void *argument)
{
    pthread_mutex_lock(&inherit);
    pthread_mutex_lock(&protect);
    count++;
    pthread_mutex_unlock(&protect);
    pthread_mutex_unlock(&inherit);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    make(&inherit, PTHREAD_PRIO_INHERIT);
    make(&protect, PTHREAD_PRIO_NONE);
    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    pthread_mutex_destroy(&inherit);
    pthread_mutex_destroy(&protect);
    printf("%d\n", count);
    return 0;
}
