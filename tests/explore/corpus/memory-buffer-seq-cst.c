/*
 * A seq_cst store leaves nothing in the buffer, nor itself, as compilers do.
 *
 * can: exit 0 | 0 1\n
 * can: exit 0 | 1 0\n
 * can: exit 0 | 1 1\n
 * explore: model=tso
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x, y;
static int seen_x, seen_y;

static void *first(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_seq_cst);
    seen_y = atomic_load_explicit(&y, memory_order_relaxed);
    return arg;
}

static void *second(void *arg)
{
    atomic_store_explicit(&y, 1, memory_order_seq_cst);
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
    printf("%d %d\n", seen_x, seen_y);
    return 0;
}
