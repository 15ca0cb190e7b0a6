/*
 * The value is what was posted and not yet taken.
 *
 * can: exit 0 | 3\n1\n
 */
#include <semaphore.h>
#include <stdio.h>

int main(void)
{
    sem_t semaphore;
    int value;

    sem_init(&semaphore, 0, 2);
    sem_post(&semaphore);
    sem_getvalue(&semaphore, &value);
    printf("%d\n", value);
    sem_wait(&semaphore);
    sem_trywait(&semaphore);
    sem_getvalue(&semaphore, &value);
    printf("%d\n", value);
    return 0;
}
