/*
 * Dekker's, without the turn: who finds the other's flag raised gives up.
 *
 * 1 found: both may see the other's flag as down
 * 2 found: the same
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_bool flags[2];
static int inside, entered;

static void work(int self)
{
    STORE(1, &flags[self], true, seq_cst, release);
    if (!LOAD(2, &flags[1 - self], seq_cst, acquire)) {
        inside++;
        entered++;
    }
}

static bool is_right(void)
{
    return entered <= 1;
}
