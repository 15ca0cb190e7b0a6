#include "explore/run/known.h"

#include <stdlib.h>

#include "explore/world/memory.h"

/* Open addressing, at most half full; 0 is no state. Runs only look. */
KEPT static uint64_t *table;
KEPT static size_t size, count;

enum { SIZE_FIRST = 1 << 12 };

/* States are hashes already. */
static uint64_t *place_of(uint64_t state)
{
    size_t at = (size_t)state & (size - 1);

    while (table[at] != 0 && table[at] != state)
        at = (at + 1) & (size - 1);
    return &table[at];
}

static void grow(void)
{
    uint64_t *old = table;
    size_t old_size = size;

    size = size > 0 ? 4 * size : SIZE_FIRST;
    table = calloc(size, sizeof *table);
    if (table == NULL)
        abort();
    for (size_t i = 0; i < old_size; i++)
        if (old[i] != 0)
            *place_of(old[i]) = old[i];
    free(old);
}

void known_add(uint64_t state)
{
    uint64_t *place;

    if (2 * count >= size)
        grow();
    place = place_of(state);
    count += *place == 0 && state != 0;
    *place = state;
}

bool known_has(uint64_t state)
{
    return state != 0 && size > 0 && *place_of(state) == state;
}

size_t known_count(void)
{
    return count;
}

void known_forget(void)
{
    free(table);
    table = NULL;
    size = count = 0;
}
