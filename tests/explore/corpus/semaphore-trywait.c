/*
 * Who tries may come before the post.
 *
 * can: exit 0 | got one\n
 * can: exit 0 | got none\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t units;

static void *attempt(void *argument)
{
    puts(sem_trywait(&units) == 0 ? "got one" : "got none");
    return argument;
}

static void *give(void *argument)
{
    sem_post(&units);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    sem_init(&units, 0, 0);
    pthread_create(&a, NULL, attempt, NULL);
    pthread_create(&b, NULL, give, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
