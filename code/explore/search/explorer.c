#define _GNU_SOURCE
#include "explore/search/explorer.h"

#include <stdlib.h>
#include <string.h>

#include "explore/names/schedule.h"
#include "explore/names/trace.h"
#include "explore/run/known.h"
#include "explore/search/otherwise.h"
#include "explore/search/parts.h"
#include "explore/search/patience.h"
#include "explore/world/memory.h"
#include "explore/world/worlds.h"

enum { SLOTS_MOST = 64 };

KEPT static struct slot slots[SLOTS_MOST];

/* Alone, but for so many runs, where that is not 0. */
static enum round explore_alone(struct exploration *all, unsigned long runs)
{
    struct search search;
    enum round round;

    known_forget();
    search_begin(&search, all->options->by_states ? REDUCE_NOTHING : all->options->reduction,
                 all->options->bound);
    round = round_of_steps(all, &search, runs);
    all->bounded = search.bounded;
    all->states = known_count();
    return round;
}

/* Others help where that was asked for, and where it pays. */
enum { RUNS_ALONE = 5000 };

static bool may_be_helped(const struct exploration *all)
{
    return worlds_is_search() && all->options->workers > 1 && all->options->runs == 0;
}

static enum round explore_steps(struct exploration *all)
{
    const struct options *options = all->options;
    bool in_parts = options_in_parts(options);
    enum round round;

    do {
        round =
            in_parts ? parts_explore(all) : explore_alone(all, may_be_helped(all) ? RUNS_ALONE : 0);
        if (round == ROUND_AGAIN)
            round_forget(all);
        if (round == ROUND_LONG) {
            round_forget(all);
            all->restarts--;
            in_parts = true;
        }
    } while (round == ROUND_AGAIN || round == ROUND_LONG);
    if (all->is_weak && options_in_parts(options) && all->unfollowed == NULL)
        all->unfollowed = strdup("is explored in parts; with a model, its graphs are");
    return round;
}

/* Alone, and then with helpers; or all in parts. */
static enum round explore_graphs(struct exploration *all, enum memory memory)
{
    struct graphs graphs = {.tries = false};
    enum round round;

    all->memory = all->plan->memory = memory;
    do {
        graphs_begin(&graphs, slots, all->jobs);
        round = ROUND_LONG;
        if (!options_in_parts(all->options))
            round = round_of_graphs(all, &graphs, may_be_helped(all) ? RUNS_ALONE : 0);
        if (round == ROUND_LONG)
            round = parts_explore_graphs(all, &graphs);
        graphs_end(&graphs);
        if (round == ROUND_AGAIN) {
            graphs.tries = true;
            round_forget(all);
        }
    } while (round == ROUND_AGAIN);
    return round;
}

static bool has_failed(const struct exploration *all)
{
    return all->stop == STOP_REFUSED || all->stop == STOP_DIVERGED || all->stop == STOP_RACE;
}

/* After graphs that have led nowhere. */
static enum round fall_back(struct exploration *all)
{
    all->unfollowed = all->stop == STOP_RACE ? strdup("has a data race") : all->fault;
    all->fault = NULL;
    round_forget(all);
    all->memory = all->plan->memory = MEMORY_STEPS;
    for (unsigned long i = 0; i < all->jobs; i++)
        slots[i].record->plan.memory = MEMORY_STEPS;
    return explore_steps(all);
}

static enum round explore_as_asked(struct exploration *all)
{
    enum memory asked = all->options->memory;
    enum round round = ROUND_WEAK;

    if (asked == MEMORY_STEPS)
        round = explore_steps(all);
    if (round != ROUND_WEAK)
        return round;
    if (asked == MEMORY_STEPS)
        round_forget(all);
    round = explore_graphs(all, asked == MEMORY_STEPS ? MEMORY_RC11 : asked);
    if (round == ROUND_DONE && has_failed(all) &&
        (asked == MEMORY_STEPS || (asked == MEMORY_SC && !options_in_parts(all->options))))
        round = fall_back(all);
    return round;
}

static void begin(struct exploration *all, const struct options *options)
{
    all->options = options;
    all->begun = round_time();
    all->jobs = options->jobs;
    all->slots = slots;
    all->plan = calloc(1, sizeof *all->plan);
    if (all->plan == NULL)
        abort();
    for (unsigned i = 0; i < options->jobs; i++)
        if (!slot_open(&slots[i], i))
            abort();
    patience_begin(!options->quiet);
    if (worlds_is_search() && !slot_take_streams(&slots[0]))
        abort();
}

/* A worker has one run at a time. */
void exploration_settle(unsigned number)
{
    if (!slot_open(&slots[0], number) || (worlds_is_search() && !slot_take_streams(&slots[0])))
        abort();
}

bool exploration_look_again(struct exploration *all)
{
    return otherwise_try_samples(all, &slots[0]);
}

unsigned long exploration_forked(void)
{
    unsigned long forked = slots[0].forked;

    slots[0].forked = 0;
    return forked;
}

static void end(struct exploration *all)
{
    for (unsigned i = 0; i < all->jobs; i++)
        all->forked += slots[i].forked;
    if (worlds_is_search())
        slot_give_streams();
    patience_end();
    outcomes_sort(&all->outcomes);
}

/* Every program comes to some end, if only to waiting for ever: whoever found none has a
 * fault. Who lacks parts, as a shard may lack all, has stopped for that. */
static void doubt_nothing(struct exploration *all)
{
    if (all->stop == STOP_NOT && all->outcomes.count == 0 && all->finding_count == 0)
        exploration_doubt(all, 0, "no run came to an end");
}

bool explore(struct exploration *all, const struct options *options)
{
    begin(all, options);
    if (explore_as_asked(all) == ROUND_IS_PROGRAM || otherwise_try(all, &slots[0]))
        return true;
    doubt_nothing(all);
    end(all);
    return false;
}

bool explore_one(const struct options *options, FILE *out, const char **fault)
{
    struct slot *slot = &slots[0];
    struct plan *plan;

    if (!slot_open(slot, 0))
        abort();
    plan = &slot->record->plan;
    options_plan(options, plan);
    plan->values = true;
    *fault = NULL;
    if (!schedule_read(plan, options->schedule)) {
        *fault = "this is no schedule:";
        return false;
    }
    if (slot_run(slot))
        return true;
    slot_wait(slot);
    *fault = slot->record->ending == ENDING_DIVERGED
                 ? "the program cannot follow this schedule; is it another build's?"
                 : NULL;
    if (*fault == NULL)
        trace_write(out, options->program, slot->record, &slot->printed);
    return false;
}
