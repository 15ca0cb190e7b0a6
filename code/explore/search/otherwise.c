#include "explore/search/otherwise.h"

#include <stdlib.h>
#include <string.h>

#include "explore/names/schedule.h"
#include "explore/search/rounds.h"

/* A run that was seen. */
struct trial {
    size_t outcome; /* what it came to */
    const struct choice *choices;
    uint32_t choice_count;
};

static void fill_plan(struct plan *plan, const struct options *options, uint32_t others)
{
    options_plan(options, plan);
    plan->states = plan->merges = plan->sprouted = false;
    plan->sleeping = 0;
    plan->marks = 0; /* marks are of the world that was explored */
    plan->others = others;
}

/* True in a process that is to be the program; otherwise *found is the outcome that it
 * came to, by its number: of those that are known, or one more. */
static bool run_again(const struct exploration *all, const struct trial *trial, struct slot *slot,
                      uint32_t others, size_t *found)
{
    char *text = schedule_text(trial->choices, trial->choice_count, all->plan);
    struct plan *plan = &slot->record->plan;

    fill_plan(plan, all->options, others);
    *found = trial->outcome;
    if (schedule_read(plan, text)) {
        if (slot_run(slot)) {
            free(text);
            return true;
        }
        slot_wait(slot);
        *found = outcomes_find(&all->outcomes, slot->record, &slot->printed);
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

/* It came to something else in a world where all is otherwise: why? */
static bool find_world(struct exploration *all, const struct trial *trial, struct slot *slot,
                       uint32_t way)
{
    bool is_known = false;
    size_t found;

    if (run_again(all, trial, slot, 0, &found))
        return true;
    if (found != trial->outcome) {
        exploration_doubt(all, 0, "is another in each run, whatever the order of its steps");
        return false;
    }
    for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
        if (run_again(all, trial, slot, worlds[i].other | way, &found))
            return true;
        if (found != trial->outcome)
            exploration_doubt(all, 0, worlds[i].doubt);
        is_known = is_known || found != trial->outcome;
    }
    if (!is_known)
        exploration_doubt(all, 0, "depends on memory, places, time or numbers");
    return false;
}

/* Where each look at a clock takes long, a limit may pass; but to what is known. */
static bool try_pace(struct exploration *all, const struct trial *trial, struct slot *slot)
{
    size_t found;

    if (run_again(all, trial, slot, OTHER_PACE, &found))
        return true;
    if (found == all->outcomes.count && slot->record->ending != ENDING_DIVERGED)
        exploration_doubt(all, 0, "depends on how long things take");
    return false;
}

/* In all of it at once first; mostly that is all. Then the other way. */
static bool try_run(struct exploration *all, const struct trial *trial, struct slot *slot)
{
    static const uint32_t ways[] = {0, OTHER_WAY};
    size_t found;

    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        if (run_again(all, trial, slot, OTHER_ALL | ways[i], &found))
            return true;
        if (found != trial->outcome)
            return find_world(all, trial, slot, ways[i]);
    }
    return false;
}

static bool is_told_already(const struct exploration *all, const struct sample *sample)
{
    const struct outcome *outcome = &all->outcomes.list[sample->outcome];

    return sample->choice_count == outcome->choice_count &&
           memcmp(sample->choices, outcome->choices,
                  sample->choice_count * sizeof *sample->choices) == 0;
}

/* Where there is a data race C promises nothing at all. */
static bool is_worth_it(const struct exploration *all)
{
    return all->stop == STOP_NOT && all->finding_count == 0;
}

bool otherwise_try(struct exploration *all, struct slot *slot)
{
    if (!is_worth_it(all))
        return false;
    for (size_t i = 0; i < all->outcomes.count && !round_is_late(all); i++) {
        const struct outcome *outcome = &all->outcomes.list[i];
        const struct trial trial = {i, outcome->choices, outcome->choice_count};

        if (try_run(all, &trial, slot))
            return true;
        if (slot->record->asks_clocks && try_pace(all, &trial, slot))
            return true;
    }
    return otherwise_try_samples(all, slot);
}

bool otherwise_try_samples(struct exploration *all, struct slot *slot)
{
    for (size_t i = 0; i < all->sample_count && all->doubt_count == 0 && is_worth_it(all); i++) {
        const struct sample *sample = &all->samples[i];
        const struct trial trial = {sample->outcome, sample->choices, sample->choice_count};

        if (!is_told_already(all, sample) && try_run(all, &trial, slot))
            return true;
    }
    return false;
}
