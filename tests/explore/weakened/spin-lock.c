/*
 * Test, and test and set.
 *
 * 1 found: what was done under the lock need not have happened before
 * 2 found: the same, from the other side
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_bool locked;
static int counter;

static void work(int self)
{
    (void)self;
    do
        while (RELAXED_LOAD(&locked))
            ;
    while (EXCHANGE(1, &locked, true, acquire, relaxed));
    counter++;
    STORE(2, &locked, false, release, relaxed);
}

static bool is_right(void)
{
    return counter == 2;
}
