/*
 * N threads put four messages each into a hash table of 128 slots; up to 11
 * threads no two messages meet (Flanagan and Godefroid, POPL 2005: Indexer).
 */
#include <stdatomic.h>

#include "crew.h"

enum { SLOTS = 128, MESSAGES = 4 };

static _Atomic int table[SLOTS];

static void *run(void *argument)
{
    for (int i = 1; i <= MESSAGES; i++) {
        int message = i * 11 + crew_number(argument), slot = message * 7 % SLOTS, empty = 0;

        while (!atomic_compare_exchange_strong(&table[slot], &empty, message)) {
            slot = (slot + 1) % SLOTS;
            empty = 0;
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    crew_run(run, crew_size(argc, argv, 12));
    return 0;
}
