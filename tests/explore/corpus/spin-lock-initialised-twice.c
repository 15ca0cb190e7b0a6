/*
 * POSIX and C leave open what becomes of a spin lock that is initialised again.
 *
 * can: misuse |
 * says: initialises a lock that was not destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_spinlock_t thing;

int main(void)
{
    pthread_spin_init(&thing, 0);
    pthread_spin_init(&thing, 0);
    return 0;
}
