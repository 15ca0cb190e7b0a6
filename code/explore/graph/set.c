#include "explore/graph/set.h"

/* Takes away whatever nothing is left before (Kahn, 1962). */
bool relation_is_acyclic(const struct relation *relation)
{
    SCRATCH static int before[EVENTS_MOST], ready[EVENTS_MOST];
    int taken = 0, found = 0;

    memset(before, 0, sizeof *before * (unsigned)relation->count);
    for (int a = 0; a < relation->count; a++)
        RELATION_EACH(b, relation, a)
    before[b]++;
    for (int a = 0; a < relation->count; a++)
        if (before[a] == 0)
            ready[found++] = a;
    while (taken < found) {
        int a = ready[taken++];

        RELATION_EACH(b, relation, a)
        if (--before[b] == 0)
            ready[found++] = b;
    }
    return found == relation->count;
}
