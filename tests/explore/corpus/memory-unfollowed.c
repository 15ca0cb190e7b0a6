/*
 * What graphs cannot follow is named, and the program explored by steps.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * status: 3
 * says: "unfollowed": "rc11 cannot follow sem-wait"
 * says: "model": "sc"
 */
#include <semaphore.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x;
static sem_t semaphore;

static void *run(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    sem_post(&semaphore);
    return arg;
}

int main(void)
{
    pthread_t thread;
    int seen;

    sem_init(&semaphore, 0, 0);
    pthread_create(&thread, NULL, run, NULL);
    seen = atomic_load_explicit(&x, memory_order_relaxed);
    sem_wait(&semaphore);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
