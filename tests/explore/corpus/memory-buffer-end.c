/*
 * A thread that ends leaves nothing behind: who has joined it sees its last store.
 *
 * can: exit 0 | 2\n
 * explore: model=tso
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x;

static void *first(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&x, 2, memory_order_relaxed);
    return arg;
}

int main(void)
{
    pthread_t one;

    pthread_create(&one, NULL, first, NULL);
    pthread_join(one, NULL);
    printf("%d\n", atomic_load_explicit(&x, memory_order_relaxed));
    return 0;
}
