/* Each thread writes one word and reads the other's. In sequential consistency
 * not both can read 0 (Lamport 1979). Argument "relaxed": relaxed order. */
#include <stdatomic.h>
#include <stdio.h>

#include "crew.h"

static _Atomic int words[2];
static int seen[2], order = memory_order_seq_cst;

static void *run(void *argument)
{
    int self = crew_number(argument);

    atomic_store_explicit(&words[self], 1, order);
    seen[self] = atomic_load_explicit(&words[1 - self], order);
    return NULL;
}

int main(int argc, char **argv)
{
    (void)argv;
    if (argc > 1)
        order = memory_order_relaxed;
    crew_run(run, 2);
    printf("%d %d\n", seen[0], seen[1]);
    return 0;
}
