/*
 * Peterson's lock with release and acquire: each may read the other's old wish, and both
 * are inside (store buffering in the entry). Then the second exchange reads 1.
 *
 * can: exit 0 | alone\n
 * can: exit 0 | met\n
 * says: "model": "rc11"
 * explore: spurious=0
 * toy: no, it knows sequential consistency only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int wants[2], turn, inside;
static int met;

static void enter(int self)
{
    atomic_store_explicit(&wants[self], 1, memory_order_release);
    atomic_store_explicit(&turn, 1 - self, memory_order_release);
    while (atomic_load_explicit(&wants[1 - self], memory_order_acquire) &&
           atomic_load_explicit(&turn, memory_order_acquire) == 1 - self)
        ;
}

static void *run(void *self)
{
    enter(self != NULL);
    if (atomic_exchange_explicit(&inside, 1, memory_order_relaxed) == 1)
        met = 1;
    atomic_store_explicit(&inside, 0, memory_order_relaxed);
    atomic_store_explicit(&wants[self != NULL], 0, memory_order_release);
    return NULL;
}

int main(void)
{
    pthread_t other;

    pthread_create(&other, NULL, run, &turn);
    run(NULL);
    pthread_join(other, NULL);
    puts(met ? "met" : "alone");
    return 0;
}
