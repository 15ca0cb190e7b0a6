/*
 * A reader sees both of a writer's values, or none: 0 and 1 never stand together.
 *
 * can: exit 0 | 0 0, 0 0\n
 * can: exit 0 | 0 0, 1 1\n
 * can: exit 0 | 1 1, 0 0\n
 * can: exit 0 | 1 1, 1 1\n
 * toy: no, it knows sequential consistency only
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static atomic_int x, y;

static void *read_both(void *arg)
{
    int *seen = arg;

    pthread_rwlock_rdlock(&lock);
    seen[0] = atomic_load_explicit(&y, memory_order_relaxed);
    seen[1] = atomic_load_explicit(&x, memory_order_relaxed);
    pthread_rwlock_unlock(&lock);
    return NULL;
}

int main(void)
{
    pthread_t readers[2];
    int seen[2][2];

    for (int i = 0; i < 2; i++)
        pthread_create(&readers[i], NULL, read_both, seen[i]);
    pthread_rwlock_wrlock(&lock);
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    atomic_store_explicit(&y, 1, memory_order_relaxed);
    pthread_rwlock_unlock(&lock);
    for (int i = 0; i < 2; i++)
        pthread_join(readers[i], NULL);
    printf("%d %d, %d %d\n", seen[0][0], seen[0][1], seen[1][0], seen[1][1]);
    return 0;
}
