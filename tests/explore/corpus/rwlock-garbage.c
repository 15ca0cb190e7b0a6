/*
 * A read-write lock that nobody has initialised.
 *
 * can: misuse |
 * says: uses a read-write lock that was not initialised
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

int main(void)
{
    union {
        unsigned char bytes[sizeof(pthread_rwlock_t)];
        pthread_rwlock_t lock;
    } garbage;

    for (size_t i = 0; i < sizeof garbage; i++)
        garbage.bytes[i] = 0x5a;
    pthread_rwlock_rdlock(&garbage.lock);
    return 0;
}
