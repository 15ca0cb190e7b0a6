/*
 * Chase and Lev's deque, with the orders of Le, Pop, Cohen and Zappa Nardelli (PPoPP
 * 2013): the owner puts two items in and takes one, while another thread steals twice.
 *
 * 1 found: the thief reads what the item points to, and nothing says that it was written
 * 2 found: both have the last item
 * 3 harmless: with one thief, what it has of `top` cannot be too old
 * 4 found: as 2
 * 5 found: as 1, from its side
 * 6 harmless: only one of two changes of `top` from the same value succeeds, in any order
 * 7 harmless: the same
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_int top, bottom;
static _Atomic(int *) items[2];
static int letters[2], got[2];

static void put(int *item)
{
    int at = RELAXED_LOAD(&bottom);

    RELAXED_STORE(&items[at], item);
    FENCE(1, release, relaxed);
    RELAXED_STORE(&bottom, at + 1);
}

static int *take(void)
{
    int at = RELAXED_LOAD(&bottom) - 1, first;
    int *item = NULL;

    RELAXED_STORE(&bottom, at);
    FENCE(2, seq_cst, acq_rel);
    first = RELAXED_LOAD(&top);
    if (first <= at)
        item = RELAXED_LOAD(&items[at]);
    if (first == at && !SWAP(7, &top, &first, first + 1, seq_cst, relaxed))
        item = NULL;
    if (first >= at)
        RELAXED_STORE(&bottom, at + 1);
    return item;
}

static int *steal(void)
{
    int first = LOAD(3, &top, acquire, relaxed), end;
    int *item = NULL;

    FENCE(4, seq_cst, acq_rel);
    end = LOAD(5, &bottom, acquire, relaxed);
    if (first < end) {
        item = RELAXED_LOAD(&items[first]);
        if (!SWAP(6, &top, &first, first + 1, seq_cst, relaxed))
            item = NULL;
    }
    return item;
}

static void work(int self)
{
    for (int i = 0; i < 2 && self == 0; i++) {
        letters[i] = i + 1;
        put(&letters[i]);
    }
    for (int i = 0; i <= self; i++) {
        int *item = self == 0 ? take() : steal();

        got[self] |= item != NULL ? *item : 0;
    }
}

static bool is_right(void)
{
    return (got[0] & got[1]) == 0;
}
