/*
 * Stores come out in the order in which they were made: who sees the last of three sees
 * the first two, and in the end all three are there.
 *
 * can: exit 0 | 0, 1 1 1\n
 * can: exit 0 | 1 1, 1 1 1\n
 * explore: model=tso
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x, y, z;
static int seen_x, seen_y, seen_z;

static void *first(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&y, 1, memory_order_relaxed);
    atomic_store_explicit(&z, 1, memory_order_relaxed);
    return arg;
}

static void *second(void *arg)
{
    seen_z = atomic_load_explicit(&z, memory_order_relaxed);
    seen_y = atomic_load_explicit(&y, memory_order_relaxed);
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
    if (seen_z == 0)
        printf("0, %d %d %d\n", atomic_load(&x), atomic_load(&y), atomic_load(&z));
    else
        printf("%d %d, %d %d %d\n", seen_x, seen_y, atomic_load(&x), atomic_load(&y),
               atomic_load(&z));
    return 0;
}
