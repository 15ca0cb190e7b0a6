/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a read-write lock that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_rwlock_t thing;

int main(void)
{
    pthread_rwlock_init(&thing, NULL);
    pthread_rwlock_destroy(&thing);
    pthread_rwlock_destroy(&thing);
    return 0;
}
