/*
 * Unlocked without having been made consistent, a robust mutex is lost for
 * good.
 *
 * can: exit 0 | 1 1 1\n
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
    int first, second;

    make_robust();
    pthread_create(&owner, NULL, die_with_it, NULL);
    pthread_join(owner, NULL);
    first = pthread_mutex_trylock(&lock);
    pthread_mutex_unlock(&lock);
    second = pthread_mutex_lock(&lock);
    printf("%d %d %d\n", first == EOWNERDEAD, second == ENOTRECOVERABLE,
           pthread_mutex_trylock(&lock) == ENOTRECOVERABLE);
    return 0;
}
