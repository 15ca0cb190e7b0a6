/*
 * Spin locks have no initialiser: zeros are none (in glibc for x86 they even
 * mean that it is locked).
 *
 * can: misuse |
 * says: uses a spin lock that was not initialised
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static pthread_spinlock_t lock;

int main(void)
{
    pthread_spin_lock(&lock);
    return 0;
}
