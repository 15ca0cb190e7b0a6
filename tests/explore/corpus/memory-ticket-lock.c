/*
 * A ticket lock. Tickets may be taken relaxed; who is served acquires what was released.
 *
 * can: exit 0 | 2\n
 * says: "model": "rc11"
 * explore: spurious=0
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_uint next, serving;
static int count;

static void *run(void *arg)
{
    unsigned ticket = atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);

    while (atomic_load_explicit(&serving, memory_order_acquire) != ticket)
        ;
    count++;
    atomic_store_explicit(&serving, ticket + 1, memory_order_release);
    return arg;
}

int main(void)
{
    pthread_t one, two;

    pthread_create(&one, NULL, run, NULL);
    pthread_create(&two, NULL, run, NULL);
    pthread_join(one, NULL);
    pthread_join(two, NULL);
    printf("%d\n", count);
    return 0;
}
