/*
 * A small program whose memory orders can be weakened one at a time: `weakened` says
 * which, 0 that none is. The program has work(), which each of THREADS threads does, and
 * is_right(), asked when all are done; a plain access that races is found without it.
 */
#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

static int weakened;

/* The N-th of the program's orders, and what it is weakened to. */
#define LOAD(n, at, order, weak) \
    (weakened == (n) ? atomic_load_explicit(at, memory_order_##weak) \
                     : atomic_load_explicit(at, memory_order_##order))
#define STORE(n, at, value, order, weak) \
    (weakened == (n) ? atomic_store_explicit(at, value, memory_order_##weak) \
                     : atomic_store_explicit(at, value, memory_order_##order))
#define EXCHANGE(n, at, value, order, weak) \
    (weakened == (n) ? atomic_exchange_explicit(at, value, memory_order_##weak) \
                     : atomic_exchange_explicit(at, value, memory_order_##order))
#define ADD(n, at, value, order, weak) \
    (weakened == (n) ? atomic_fetch_add_explicit(at, value, memory_order_##weak) \
                     : atomic_fetch_add_explicit(at, value, memory_order_##order))
#define SWAP(n, at, expected, value, order, weak) \
    (weakened == (n) \
         ? atomic_compare_exchange_strong_explicit(at, expected, value, memory_order_##weak, \
                                                   memory_order_relaxed) \
         : atomic_compare_exchange_strong_explicit(at, expected, value, memory_order_##order, \
                                                   memory_order_relaxed))
#define FENCE(n, order, weak) \
    (weakened == (n) ? atomic_thread_fence(memory_order_##weak) \
                     : atomic_thread_fence(memory_order_##order))

#define RELAXED_LOAD(at) atomic_load_explicit(at, memory_order_relaxed)
#define RELAXED_STORE(at, value) atomic_store_explicit(at, value, memory_order_relaxed)

static void work(int self);
static bool is_right(void);

static void *work_as(void *self)
{
    work(*(int *)self);
    return NULL;
}

int main(int argc, char **argv)
{
    static int selves[THREADS];
    pthread_t threads[THREADS];

    weakened = argc > 1 ? atoi(argv[1]) : 0;
    for (int i = 0; i < THREADS; i++) {
        selves[i] = i;
        if (pthread_create(&threads[i], NULL, work_as, &selves[i]) != 0)
            return 2;
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    return is_right() ? 0 : 1;
}
