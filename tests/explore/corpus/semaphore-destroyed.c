/*
 * Waited for after its end.
 *
 * can: misuse |
 * says: uses a semaphore that was destroyed
 * native: no, it is undefined
 */
#include <semaphore.h>

static sem_t semaphore;

int main(void)
{
    sem_init(&semaphore, 0, 1);
    sem_destroy(&semaphore);
    sem_wait(&semaphore);
    return 0;
}
