/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a spin lock that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_spinlock_t thing;

int main(void)
{
    pthread_spin_init(&thing, 0);
    pthread_spin_destroy(&thing);
    pthread_spin_destroy(&thing);
    return 0;
}
