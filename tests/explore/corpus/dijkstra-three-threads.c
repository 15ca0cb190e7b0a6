/*
 * Three threads, three locks in a ring.
 *
 * can: exit 0 | done\n
 * can: deadlock |
 * native: no, it may wait for ever
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static pthread_mutex_t forks[3] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER,
                                   PTHREAD_MUTEX_INITIALIZER};

static void *eat(void *argument)
{
    intptr_t seat = (intptr_t)argument;

    pthread_mutex_lock(&forks[seat]);
    pthread_mutex_lock(&forks[(seat + 1) % 3]);
    pthread_mutex_unlock(&forks[(seat + 1) % 3]);
    pthread_mutex_unlock(&forks[seat]);
    return NULL;
}

int main(void)
{
    pthread_t threads[3];

    for (intptr_t i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, eat, (void *)i);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    puts("done");
    return 0;
}
