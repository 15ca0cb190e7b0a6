/*
 * What was done before a barrier is before all that is done behind it. So there
 * is one run for each order of coming, and none is begun in vain: no other order
 * is looked for between a store and the load behind the barrier.
 *
 * can: exit 0 | 11\n
 * says: "redundant": 0,
 * explore: spurious=0
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_barrier_t barrier;
static atomic_int x, y;

static void *store_y(void *seen)
{
    atomic_store(&y, 1);
    pthread_barrier_wait(&barrier);
    *(int *)seen = atomic_load(&x);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int seen_x, seen_y;

    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&thread, NULL, store_y, &seen_x);
    atomic_store(&x, 1);
    pthread_barrier_wait(&barrier);
    seen_y = atomic_load(&y);
    pthread_join(thread, NULL);
    printf("%d%d\n", seen_x, seen_y);
    return 0;
}
