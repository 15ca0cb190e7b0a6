/*
 * A hazard pointer: with a seq_cst fence on both sides, either the reader sees that the
 * block was taken away, or the writer sees that it is in use.
 *
 * can: exit 0 | end\n
 * says: "model": "rc11"
 * explore: spurious=0
 * toy: no, it knows sequential consistency only
 */
#include <stdlib.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static int *block;
static _Atomic(int *) shared;
static _Atomic(int *) hazard;

/* Says what it is about to use, and looks whether that is still there. */
static void *read_it(void *arg)
{
    int *mine = atomic_load_explicit(&shared, memory_order_acquire);

    atomic_store_explicit(&hazard, mine, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    if (mine != NULL && atomic_load_explicit(&shared, memory_order_acquire) == mine)
        arg = *mine == 7 ? NULL : arg;
    atomic_store_explicit(&hazard, NULL, memory_order_release);
    return arg;
}

/* Takes it away, and frees it unless somebody uses it. */
int main(void)
{
    pthread_t reader;

    block = malloc(sizeof *block);
    *block = 7;
    atomic_store_explicit(&shared, block, memory_order_release);
    pthread_create(&reader, NULL, read_it, NULL);
    atomic_store_explicit(&shared, NULL, memory_order_relaxed);
    atomic_thread_fence(memory_order_seq_cst);
    if (atomic_load_explicit(&hazard, memory_order_acquire) != block)
        free(block), block = NULL;
    pthread_join(reader, NULL);
    free(block);
    puts("end");
    return 0;
}
