/*
 * Of two that come after the owner, one is told and gives the mutex up as it
 * is; the other finds it lost.
 *
 * can: exit 0 | 1 1\n
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

static int told, lost;

static void *come_after(void *argument)
{
    int err = pthread_mutex_lock(&lock);

    __atomic_fetch_add(&told, err == EOWNERDEAD, __ATOMIC_SEQ_CST);
    __atomic_fetch_add(&lost, err == ENOTRECOVERABLE, __ATOMIC_SEQ_CST);
    if (err == EOWNERDEAD)
        pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t owner, a, b;

    make_robust();
    pthread_create(&owner, NULL, die_with_it, NULL);
    pthread_join(owner, NULL);
    pthread_create(&a, NULL, come_after, NULL);
    pthread_create(&b, NULL, come_after, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", told, lost);
    return 0;
}
