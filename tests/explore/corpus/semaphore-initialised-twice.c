/*
 * POSIX and C leave open what becomes of a semaphore that is initialised again.
 *
 * can: misuse |
 * says: initialises a semaphore that was not destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <semaphore.h>

static sem_t thing;

int main(void)
{
    sem_init(&thing, 0, 1);
    sem_init(&thing, 0, 1);
    return 0;
}
