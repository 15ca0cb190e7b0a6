/*
 * THREADS threads load a counter and store one more, ROUNDS times each, with the orders
 * LOADS and STORES: for bench_models.sh, and for other checkers as it is.
 */
#include <pthread.h>
#include <stdatomic.h>

#ifndef THREADS /* or as who compiles it says */
#define THREADS 2
#define ROUNDS 2
#define LOADS memory_order_relaxed
#define STORES memory_order_relaxed
#endif

static _Atomic int counter;

static void *count(void *arg)
{
    for (int i = 0; i < ROUNDS; i++) {
        int value = atomic_load_explicit(&counter, LOADS);

        atomic_store_explicit(&counter, value + 1, STORES);
    }
    return arg;
}

int main(void)
{
    pthread_t threads[THREADS];

    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, count, NULL);
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return 0;
}
