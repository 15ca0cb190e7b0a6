#include "explore/run/mark.h"

#include <string.h>
#include <unistd.h>

#include "explore/run/growth.h"
#include "explore/run/scheduler.h"
#include "explore/world/worlds.h"

/* What a record has besides its events, which stay, for nobody writes to one once its
 * thread asks for another step. Of the lists only what was added is lost. It lies in the
 * run's memory, and so comes back with it. */
static struct {
    uint32_t event_count, race_count, doubt_count, site_count;
    struct race weak;
    bool is_weak, waits, fills, asks_clocks, uses_trylock;
    char names[THREADS_MOST][NAME_SIZE];
    uintptr_t routines[THREADS_MOST];
    uint32_t ends[2];
} kept;

static uint32_t last; /* so many choices had been followed at the last mark */

/* Some of a graph's choices are no steps: attempts to take what was taken. */
static uint32_t followed(void)
{
    return growth_is_on() ? growth_followed() : record->event_count;
}

static void keep(void)
{
    kept.event_count = record->event_count;
    kept.race_count = record->race_count;
    kept.doubt_count = record->doubt_count;
    kept.site_count = record->site_count;
    kept.weak = record->weak;
    kept.is_weak = record->is_weak;
    kept.waits = record->waits;
    kept.fills = record->fills;
    kept.asks_clocks = record->asks_clocks;
    kept.uses_trylock = record->uses_trylock;
    memcpy(kept.names, record->names, sizeof kept.names);
    memcpy(kept.routines, record->routines, sizeof kept.routines);
    memcpy(kept.ends, record->ends, sizeof kept.ends);
}

/* The streams are where the last run has left them. */
static void put_back(void)
{
    record->event_count = kept.event_count;
    record->race_count = kept.race_count;
    record->doubt_count = kept.doubt_count;
    record->site_count = kept.site_count;
    record->weak = kept.weak;
    record->is_weak = kept.is_weak;
    record->waits = kept.waits;
    record->fills = kept.fills;
    record->asks_clocks = kept.asks_clocks;
    record->uses_trylock = kept.uses_trylock;
    memcpy(record->names, kept.names, sizeof kept.names);
    memcpy(record->routines, kept.routines, sizeof kept.routines);
    for (int i = 0; i < 2; i++)
        if (record->ends[i] != kept.ends[i])
            lseek(STDOUT_FILENO + i, kept.ends[i], SEEK_SET);
    memcpy(record->ends, kept.ends, sizeof kept.ends);
}

/* Where more runs will branch, or further on. A mark costs as much as some steps, so they
 * are not too close. */
static bool is_due(void)
{
    return worlds_is_run() && followed() == record->plan.mark_at &&
           followed() - last >= record->plan.marks;
}

bool mark_here(void)
{
    if (!is_due())
        return false;
    last = followed();
    keep();
    if (!worlds_mark(last))
        return false;
    put_back();
    return true;
}
