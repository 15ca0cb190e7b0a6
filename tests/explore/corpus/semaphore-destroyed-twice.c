/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a semaphore that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <semaphore.h>

static sem_t thing;

int main(void)
{
    sem_init(&thing, 0, 1);
    sem_destroy(&thing);
    sem_destroy(&thing);
    return 0;
}
