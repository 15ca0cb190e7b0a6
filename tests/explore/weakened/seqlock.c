/*
 * A sequence lock, with the fences of Boehm (MSPC 2012): who reads sees both numbers as
 * they were before, or both as they are now.
 *
 * 1 found: a number may be seen before the sequence is seen as odd
 * 2 found: the sequence may be seen as even before a number is
 * 3 found: the numbers may be older than the sequence
 * 4 found: the sequence may be older than the numbers
 */
enum { THREADS = 2 };
#include "weakened.h"

static atomic_int sequence, one, other;
static bool is_torn;

static void write_both(void)
{
    RELAXED_STORE(&sequence, 1);
    FENCE(1, release, relaxed);
    RELAXED_STORE(&one, 1);
    RELAXED_STORE(&other, 1);
    STORE(2, &sequence, 2, release, relaxed);
}

static void read_both(void)
{
    int before = LOAD(3, &sequence, acquire, relaxed);
    int a = RELAXED_LOAD(&one), b = RELAXED_LOAD(&other);

    FENCE(4, acquire, relaxed);
    if (before % 2 == 0 && RELAXED_LOAD(&sequence) == before)
        is_torn = a != b || a != before / 2;
}

static void work(int self)
{
    if (self == 0)
        write_both();
    else
        read_both();
}

static bool is_right(void)
{
    return !is_torn;
}
