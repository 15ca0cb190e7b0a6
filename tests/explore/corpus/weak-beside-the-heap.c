/*
 * Store buffering, with a block that is taken and given back between: an allocator may
 * give the same block to both, and orders nothing that the program could count on.
 *
 * can: exit 0 | 00\n
 * can: exit 0 | 01\n
 * can: exit 0 | 10\n
 * can: exit 0 | 11\n
 * toy: no, it has steps only
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static _Atomic int words[2];

static int store_and_look(int mine)
{
    atomic_store_explicit(&words[mine], 1, memory_order_relaxed);
    free(malloc(1));
    return atomic_load_explicit(&words[1 - mine], memory_order_relaxed);
}

static void *work(void *seen)
{
    *(int *)seen = store_and_look(0);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int seen[2];

    pthread_create(&thread, NULL, work, &seen[0]);
    seen[1] = store_and_look(1);
    pthread_join(thread, NULL);
    printf("%d%d\n", seen[0], seen[1]);
    return 0;
}
