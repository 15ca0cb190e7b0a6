/*
 * Lamport's bakery (1974) for two, once each.
 *
 * 1 found: each may miss that the other chooses, and the number it has chosen
 * 2 found: the same
 * 3 found: each may miss the other's number behind its own
 * 4 harmless: whoever sees that it is chosen has acquired the number
 * 5 found: as 3
 * 6 harmless: who missed the choosing is seen by the other, and waits or was first anyway
 * 7 found: what was done inside need not have happened before
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_bool choosing[2];
static atomic_int numbers[2];
static int counter;

static bool is_first(int self, int number, int other)
{
    return other == 0 || number < other || (number == other && self == 0);
}

static void work(int self)
{
    int number;

    STORE(1, &choosing[self], true, seq_cst, release);
    number = LOAD(2, &numbers[1 - self], seq_cst, acquire) + 1;
    STORE(3, &numbers[self], number, seq_cst, release);
    STORE(4, &choosing[self], false, seq_cst, release);
    while (LOAD(5, &choosing[1 - self], seq_cst, acquire))
        ;
    while (!is_first(self, number, LOAD(6, &numbers[1 - self], seq_cst, acquire)))
        ;
    counter++;
    STORE(7, &numbers[self], 0, release, relaxed);
}

static bool is_right(void)
{
    return counter == 2;
}
