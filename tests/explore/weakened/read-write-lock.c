/*
 * A spinning lock for readers and a writer: the number of readers, or -1.
 *
 * 1 found: the reader need not see what was written
 * 2 found: what the reader has read need not have happened before
 * 3 found: as 2, from its side
 * 4 found: as 1, from its side
 */
enum { THREADS = 3 };
#include "weakened.h"

static atomic_int state;
static int letter, seen[2];

static void read_it(int self)
{
    int readers = RELAXED_LOAD(&state);

    do
        while (readers < 0)
            readers = RELAXED_LOAD(&state);
    while (!SWAP(1, &state, &readers, readers + 1, acquire, relaxed));
    seen[self] = letter;
    ADD(2, &state, -1, release, relaxed);
}

static void write_it(void)
{
    int none = 0;

    while (!SWAP(3, &state, &none, -1, acquire, relaxed))
        none = 0;
    letter++;
    STORE(4, &state, 0, release, relaxed);
}

static void work(int self)
{
    if (self < 2)
        read_it(self);
    else
        write_it();
}

static bool is_right(void)
{
    return letter == 1;
}
