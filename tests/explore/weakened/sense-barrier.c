/*
 * A barrier whose sense is reversed by whoever comes last; twice.
 *
 * 1 found: what the others did before they came need not have happened before
 * 2 found: what was done before the barrier need not have happened before
 * 3 found: the same, from the other side
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_int missing = THREADS;
static atomic_bool sense;
static int written[2], seen[2];

static void wait_for_all(bool mine)
{
    if (ADD(1, &missing, -1, acq_rel, relaxed) == 1) {
        RELAXED_STORE(&missing, THREADS);
        STORE(2, &sense, mine, release, relaxed);
    } else {
        while (LOAD(3, &sense, acquire, relaxed) != mine)
            ;
    }
}

static void work(int self)
{
    written[self] = 1;
    wait_for_all(true);
    seen[self] = written[1 - self];
    wait_for_all(false);
    written[self] = 2;
}

static bool is_right(void)
{
    return seen[0] == 1 && seen[1] == 1;
}
