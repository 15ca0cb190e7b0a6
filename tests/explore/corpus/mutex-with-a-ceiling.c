/*
 * Who may lock such a mutex goes by its own priority: glibc lets nobody who is scheduled
 * as usual (EINVAL), and others do.
 *
 * says: uses a mutex with PTHREAD_PRIO_PROTECT
 * status: 2
 * native: no, it is refused
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    pthread_mutexattr_t attr;
    pthread_mutex_t mutex;

    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setprotocol(&attr, PTHREAD_PRIO_PROTECT);
    pthread_mutex_init(&mutex, &attr);
    printf("%d\n", pthread_mutex_lock(&mutex));
    return 0;
}
