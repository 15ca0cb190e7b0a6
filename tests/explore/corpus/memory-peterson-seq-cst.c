/*
 * With seq_cst the entries have an order that both see, and nobody meets. What is asked
 * inside is relaxed, so this is explored as C11 has it.
 *
 * can: exit 0 | alone\n
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
    atomic_store_explicit(&wants[self], 1, memory_order_seq_cst);
    atomic_store_explicit(&turn, 1 - self, memory_order_seq_cst);
    while (atomic_load_explicit(&wants[1 - self], memory_order_seq_cst) &&
           atomic_load_explicit(&turn, memory_order_seq_cst) == 1 - self)
        ;
}

static void *run(void *self)
{
    enter(self != NULL);
    if (atomic_exchange_explicit(&inside, 1, memory_order_relaxed) == 1)
        met = 1;
    atomic_store_explicit(&inside, 0, memory_order_relaxed);
    atomic_store_explicit(&wants[self != NULL], 0, memory_order_seq_cst);
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
