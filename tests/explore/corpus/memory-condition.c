/*
 * What a thread does before it locks the mutex and signals, is seen by who waits
 * with that mutex: by the mutex, however weak the atomic is.
 *
 * can: exit 0 | 1\n
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static atomic_int x;
static int ready;

static void *run(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    pthread_mutex_lock(&lock);
    ready = 1;
    pthread_mutex_unlock(&lock);
    pthread_cond_signal(&changed);
    return arg;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, run, NULL);
    pthread_mutex_lock(&lock);
    while (!ready)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    seen = atomic_load_explicit(&x, memory_order_relaxed);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
