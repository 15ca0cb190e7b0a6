/*
 * A semaphore that has all it can have takes no more (POSIX: EOVERFLOW).
 *
 * can: exit 0 | -1 overflow\n
 * toy: no, it has no limit
 */
#include <errno.h>
#include <limits.h>
#include <semaphore.h>
#include <stdio.h>

int main(void)
{
    sem_t semaphore;
    int result;

    sem_init(&semaphore, 0, SEM_VALUE_MAX);
    result = sem_post(&semaphore);
    printf("%d %s\n", result, errno == EOVERFLOW ? "overflow" : "?");
    return 0;
}
