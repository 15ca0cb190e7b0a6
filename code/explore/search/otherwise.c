#include "explore/search/otherwise.h"

#include <stdlib.h>
#include <string.h>

#include "explore/names/schedule.h"

enum { TRIED_MOST = 200 }; /* outcomes */

/* True in a process that is to be the program; otherwise *same tells whether it came to
 * the same outcome. */
static bool run_again(const struct exploration *all, const struct outcome *outcome,
                      struct slot *slot, uint32_t others, bool *same)
{
    struct plan *plan = &slot->record->plan;
    const struct options *options = all->options;
    char *text = schedule_text(outcome->choices, outcome->choice_count, all->plan);

    plan->step_limit = (uint32_t)options->steps;
    plan->spurious = (uint32_t)options->spurious;
    plan->failing = options->failing;
    plan->states = plan->merges = plan->sprouted = false;
    plan->sleeping = 0;
    plan->marks = 0; /* marks are of the world that was explored */
    plan->others = others;
    *same = true;
    if (schedule_read(plan, text)) {
        if (slot_run(slot)) {
            free(text);
            return true;
        }
        slot_wait(slot);
        *same = &all->outcomes.list[outcomes_find(&all->outcomes, slot->record, &slot->printed)] ==
                outcome;
    }
    free(text);
    plan->others = 0;
    return false;
}

static const struct {
    uint32_t other;
    const char *doubt;
} worlds[] = {
    {OTHER_MEMORY, "depends on memory that it has not written before"},
    {OTHER_ADDRESSES, "depends on where things lie in memory"},
    {OTHER_TIME, "depends on what time it is"},
    {OTHER_NUMBERS, "depends on the number of its process"},
};

/* In all of it at once first; mostly that is all. */
static bool try_outcome(struct exploration *all, const struct outcome *outcome, struct slot *slot)
{
    bool same, is_known = false;

    if (run_again(all, outcome, slot, OTHER_ALL, &same))
        return true;
    if (same)
        return false;
    if (run_again(all, outcome, slot, 0, &same))
        return true;
    if (!same) {
        exploration_doubt(all, 0, "is another in each run, whatever the order of its steps");
        return false;
    }
    for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
        if (run_again(all, outcome, slot, worlds[i].other, &same))
            return true;
        if (!same)
            exploration_doubt(all, 0, worlds[i].doubt);
        is_known = is_known || !same;
    }
    if (!is_known)
        exploration_doubt(all, 0, "depends on memory, places, time or numbers");
    return false;
}

/* Where there is a data race C promises nothing at all. */
bool otherwise_try(struct exploration *all, struct slot *slot)
{
    if (all->stop != STOP_NOT || all->finding_count > 0)
        return false;
    for (size_t i = 0; i < all->outcomes.count && i < TRIED_MOST; i++)
        if (try_outcome(all, &all->outcomes.list[i], slot))
            return true;
    return false;
}
