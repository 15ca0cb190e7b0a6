/*
 * What is done once was done for all: whoever comes back from pthread_once() sees it.
 * A look without the call may come too early.
 *
 * can: exit 0 | 0 1 1\n
 * can: exit 0 | 1 1 1\n
 * says: "model": "rc11"
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static atomic_int made, seen[2];

static void make(void)
{
    atomic_store_explicit(&made, 1, memory_order_relaxed);
}

static void *use(void *arg)
{
    pthread_once(&once, make);
    *(atomic_int *)arg = atomic_load_explicit(&made, memory_order_relaxed);
    return NULL;
}

int main(void)
{
    pthread_t threads[2];
    int early;

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, use, &seen[i]);
    early = atomic_load_explicit(&made, memory_order_relaxed);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d %d %d\n", early, seen[0], seen[1]);
    return 0;
}
