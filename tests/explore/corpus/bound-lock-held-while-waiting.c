/*
 * Without a preemption: one waits for another with the lock, and a third takes
 * the lock too. It may have been first, though it comes to ask only when the
 * lock is held.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | ba\n
 * explore: bound=0
 * status: 3
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sem_t ready;
static char text[3];
static int length;

static void *hold(void *argument)
{
    pthread_mutex_lock(&lock);
    text[length++] = 'a';
    sem_wait(&ready);
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *post(void *argument)
{
    sem_post(&ready);
    return argument;
}

static void *take(void *argument)
{
    pthread_mutex_lock(&lock);
    text[length++] = 'b';
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    void *(*const routines[])(void *) = {hold, post, take};
    pthread_t threads[3];

    sem_init(&ready, 0, 0);
    for (int i = 0; i < 3; i++)
        pthread_create(&threads[i], NULL, routines[i], NULL);
    for (int i = 0; i < 3; i++)
        pthread_join(threads[i], NULL);
    puts(text);
    return 0;
}
