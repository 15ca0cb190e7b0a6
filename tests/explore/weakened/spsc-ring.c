/*
 * A ring with one slot, one producer and one consumer: two letters.
 *
 * 1 found: the slot may be written while the letter before is read
 * 2 found: the letter is read, and nothing says that it was written
 * 3 found: as 2, from its side
 * 4 found: as 1, from its side
 */
enum { THREADS = 2, ROOM = 1, LETTERS = 2 };
#include "weakened.h"

static int slots[ROOM], sum;
static atomic_int put, taken;

static void work(int self)
{
    for (int i = 0; i < LETTERS; i++)
        if (self == 0) {
            while (i - LOAD(1, &taken, acquire, relaxed) == ROOM)
                ;
            slots[i % ROOM] = i + 1;
            STORE(2, &put, i + 1, release, relaxed);
        } else {
            while (LOAD(3, &put, acquire, relaxed) == i)
                ;
            sum += slots[i % ROOM];
            STORE(4, &taken, i + 1, release, relaxed);
        }
}

static bool is_right(void)
{
    return sum == 3;
}
