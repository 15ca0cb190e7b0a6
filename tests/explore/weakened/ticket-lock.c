/*
 * A ticket lock.
 *
 * 1 found: what was done under the lock need not have happened before
 * 2 found: the same, from the other side
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_int next, serving;
static int counter;

static void work(int self)
{
    int ticket = atomic_fetch_add_explicit(&next, 1, memory_order_relaxed);

    (void)self;
    while (LOAD(1, &serving, acquire, relaxed) != ticket)
        ;
    counter++;
    STORE(2, &serving, ticket + 1, release, relaxed);
}

static bool is_right(void)
{
    return counter == 2;
}
