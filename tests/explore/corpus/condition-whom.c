/*
 * Both wait, surely, when the one signal comes: it may wake either.
 *
 * can: exit 0 | a\n
 * can: exit 0 | b\n
 * explore: spurious=0
 * native: no, it ends while one waits
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER, called = PTHREAD_COND_INITIALIZER;
static int waiting;
static sem_t said;

static void *wait_for_it(void *name)
{
    pthread_mutex_lock(&lock);
    waiting++;
    pthread_cond_signal(&arrived);
    pthread_cond_wait(&called, &lock);
    pthread_mutex_unlock(&lock);
    puts(name);
    sem_post(&said);
    return NULL;
}

int main(void)
{
    static char name_a[] = "a", name_b[] = "b";
    pthread_t a, b;

    sem_init(&said, 0, 0);
    pthread_create(&a, NULL, wait_for_it, name_a);
    pthread_create(&b, NULL, wait_for_it, name_b);
    pthread_mutex_lock(&lock);
    while (waiting < 2)
        pthread_cond_wait(&arrived, &lock);
    pthread_cond_signal(&called);
    pthread_mutex_unlock(&lock);
    sem_wait(&said);
    return 0;
}
