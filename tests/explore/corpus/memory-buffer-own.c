/*
 * Each reads its own store before the other can: what waits in a buffer is seen by who
 * stored it. So both see their own, and yet each may miss the other's.
 *
 * can: exit 0 | 1 0 1 0\n
 * can: exit 0 | 1 0 1 1\n
 * can: exit 0 | 1 1 1 0\n
 * can: exit 0 | 1 1 1 1\n
 * explore: model=tso
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x, y;
static int own_x, own_y, seen_x, seen_y;

static void *first(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    own_x = atomic_load_explicit(&x, memory_order_relaxed);
    seen_y = atomic_load_explicit(&y, memory_order_relaxed);
    return arg;
}

static void *second(void *arg)
{
    atomic_store_explicit(&y, 1, memory_order_relaxed);
    own_y = atomic_load_explicit(&y, memory_order_relaxed);
    seen_x = atomic_load_explicit(&x, memory_order_relaxed);
    return arg;
}

int main(void)
{
    pthread_t one, two;

    pthread_create(&one, NULL, first, NULL);
    pthread_create(&two, NULL, second, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%d %d %d %d\n", own_x, seen_y, own_y, seen_x);
    return 0;
}
