/*
 * Of two stores of its own to one place a thread reads the newer; the other sees them
 * one after the other, and never goes back.
 *
 * can: exit 0 | 2, 0 0\n
 * can: exit 0 | 2, 0 1\n
 * can: exit 0 | 2, 0 2\n
 * can: exit 0 | 2, 1 1\n
 * can: exit 0 | 2, 1 2\n
 * can: exit 0 | 2, 2 2\n
 * explore: model=tso
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x;
static int own, before, after;

static void *first(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&x, 2, memory_order_relaxed);
    own = atomic_load_explicit(&x, memory_order_relaxed);
    return arg;
}

static void *second(void *arg)
{
    before = atomic_load_explicit(&x, memory_order_relaxed);
    after = atomic_load_explicit(&x, memory_order_relaxed);
    return arg;
}

int main(void)
{
    pthread_t one, two;

    pthread_create(&one, NULL, first, NULL);
    pthread_create(&two, NULL, second, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%d, %d %d\n", own, before, after);
    return 0;
}
