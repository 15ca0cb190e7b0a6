/*
 * A robust mutex tells who unlocks it that it is not his
 * (pthread_mutex_unlock(3p)); it need not be of a checking kind.
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

int main(void)
{
    make_robust();
    printf("%d\n", pthread_mutex_unlock(&lock) == EPERM);
    return 0;
}
