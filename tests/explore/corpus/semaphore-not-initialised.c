/*
 * Semaphores have no initialiser.
 *
 * can: misuse |
 * says: uses a semaphore that was not initialised
 * native: no, it is undefined
 */
#include <semaphore.h>

static sem_t semaphore;

int main(void)
{
    sem_post(&semaphore);
    return 0;
}
