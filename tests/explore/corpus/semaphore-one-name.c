/*
 * Who wants the name for itself gets it once, whoever is first.
 *
 * can: exit 0 | 1\n
 * native: no, the name is everybody's
 */
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int made;

static void *make(void *argument)
{
    if (sem_open("/corpus", O_CREAT | O_EXCL, 0600, 0) != SEM_FAILED)
        made++;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, make, NULL);
    pthread_create(&b, NULL, make, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", made);
    return 0;
}
