/*
 * Destroyed and initialised anew: it is another one.
 *
 * can: exit 0 |
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_rwlock_t thing;

int main(void)
{
    pthread_rwlock_init(&thing, NULL);
    pthread_rwlock_destroy(&thing);
    pthread_rwlock_init(&thing, NULL);
    pthread_rwlock_destroy(&thing);
    return 0;
}
