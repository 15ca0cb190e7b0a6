/*
 * A seqlock whose writer has no fence: what it writes may be seen before the odd version.
 *
 * can: exit 0 | again\n
 * can: exit 0 | 0 0\n
 * can: exit 0 | 1 1\n
 * can: exit 0 | 0 1\n
 * can: exit 0 | 1 0\n
 * explore: spurious=0
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int version, x, y;

static void *write_both(void *arg)
{
    atomic_store_explicit(&version, 1, memory_order_relaxed);
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&y, 1, memory_order_relaxed);
    atomic_store_explicit(&version, 2, memory_order_release);
    return arg;
}

int main(void)
{
    int before, a, b, after;
    pthread_t writer;

    pthread_create(&writer, NULL, write_both, NULL);
    before = atomic_load_explicit(&version, memory_order_acquire);
    a = atomic_load_explicit(&x, memory_order_relaxed);
    b = atomic_load_explicit(&y, memory_order_relaxed);
    atomic_thread_fence(memory_order_acquire);
    after = atomic_load_explicit(&version, memory_order_relaxed);
    pthread_join(writer, NULL);
    if (before != after || before == 1)
        puts("again");
    else
        printf("%d %d\n", a, b);
    return 0;
}
