/*
 * Peterson's (1981), with exchanges of the turn (memory-peterson-seq-cst.c in the corpus has
 * it with stores); one thread goes in twice.
 *
 * 1 harmless: the exchange behind it, whose successor is acquired, releases it as well
 * 2 found: both may see the other's flag as down
 * 3 found: what was done inside need not have happened before
 * 4 found: who gives the turn back may have been inside before, and come again
 * 5 found: as 3, from its side
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_bool flags[2];
static atomic_int turn;
static int counter;

static void go_in(int self)
{
    STORE(1, &flags[self], true, release, relaxed);
    EXCHANGE(2, &turn, 1 - self, acq_rel, relaxed);
    while (LOAD(3, &flags[1 - self], acquire, relaxed) &&
           LOAD(4, &turn, acquire, relaxed) == 1 - self)
        ;
    counter++;
    STORE(5, &flags[self], false, release, relaxed);
}

static void work(int self)
{
    for (int i = 0; i <= self; i++)
        go_in(self);
}

static bool is_right(void)
{
    return counter == 3;
}
