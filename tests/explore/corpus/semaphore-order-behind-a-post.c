/*
 * As semaphore-order, but whoever comes second waits already when the semaphore is
 * posted, as it has said before that it comes. No other order of the post and that
 * wait is there to be tried: its rival is the wait before the post.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | ba\n
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static sem_t lock, coming;
static char text[3];
static int length;

static void *add_b(void *arg)
{
    sem_post(&coming);
    sem_wait(&lock);
    text[length++] = 'b';
    sem_post(&lock);
    return arg;
}

int main(void)
{
    pthread_t other;

    sem_init(&lock, 0, 1);
    sem_init(&coming, 0, 0);
    pthread_create(&other, NULL, add_b, NULL);
    sem_wait(&lock);
    sem_wait(&coming);
    text[length++] = 'a';
    sem_post(&lock);
    pthread_join(other, NULL);
    puts(text);
    return 0;
}
