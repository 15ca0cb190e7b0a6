/*
 * A post is seen by who waits for it, with all that came before; a try that fails
 * tells nothing.
 *
 * can: exit 0 | 1 0\n
 * can: exit 0 | 1 1\n
 * can: exit 0 | 1 -\n
 * says: "model": "rc11"
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x, y;
static sem_t first, second;

static void *run(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    sem_post(&first);
    atomic_store_explicit(&y, 1, memory_order_relaxed);
    sem_post(&second);
    return arg;
}

int main(void)
{
    pthread_t thread;
    int seen, tried, other;

    sem_init(&first, 0, 0);
    sem_init(&second, 0, 0);
    pthread_create(&thread, NULL, run, NULL);
    sem_wait(&first);
    seen = atomic_load_explicit(&x, memory_order_relaxed);
    tried = sem_trywait(&second);
    other = atomic_load_explicit(&y, memory_order_relaxed);
    pthread_join(thread, NULL);
    if (tried == 0)
        printf("%d %s\n", seen, other == 1 ? "-" : "y is lost");
    else
        printf("%d %d\n", seen, other);
    return 0;
}
