/*
 * POSIX and C leave open what becomes of a read-write lock that is initialised again.
 *
 * can: misuse |
 * says: initialises a read-write lock that was not destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_rwlock_t thing;

int main(void)
{
    pthread_rwlock_init(&thing, NULL);
    pthread_rwlock_init(&thing, NULL);
    return 0;
}
