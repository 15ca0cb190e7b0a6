/*
 * Two units come from two threads, and one thread needs both: it goes on when both
 * have been posted, and sees what both have done.
 *
 * can: exit 0 | 1 1\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t units;
static int first_done, second_done;

static void *first(void *argument)
{
    first_done = 1;
    sem_post(&units);
    return argument;
}

static void *second(void *argument)
{
    second_done = 1;
    sem_post(&units);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    sem_init(&units, 0, 0);
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    sem_wait(&units);
    sem_wait(&units);
    printf("%d %d\n", first_done, second_done);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
