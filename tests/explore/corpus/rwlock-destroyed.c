/*
 * Locked after its end.
 *
 * can: misuse |
 * says: uses a read-write lock that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;

int main(void)
{
    pthread_rwlock_destroy(&lock);
    pthread_rwlock_wrlock(&lock);
    return 0;
}
