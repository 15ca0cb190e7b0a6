/*
 * Destroyed and initialised anew: it is another one.
 *
 * can: exit 0 |
 */
#define _POSIX_C_SOURCE 200809L
#include <semaphore.h>

static sem_t thing;

int main(void)
{
    sem_init(&thing, 0, 1);
    sem_destroy(&thing);
    sem_init(&thing, 0, 1);
    sem_destroy(&thing);
    return 0;
}
