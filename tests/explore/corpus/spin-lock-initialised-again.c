/*
 * Destroyed and initialised anew: it is another one.
 *
 * can: exit 0 |
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_spinlock_t thing;

int main(void)
{
    pthread_spin_init(&thing, 0);
    pthread_spin_destroy(&thing);
    pthread_spin_init(&thing, 0);
    pthread_spin_destroy(&thing);
    return 0;
}
