#define _GNU_SOURCE
#include "explore/search/rounds.h"

#include <stdlib.h>
#include <string.h>

#include "explore/base/real.h"
#include "explore/run/known.h"
#include "explore/search/findings.h"
#include "explore/search/patience.h"
#include "explore/search/progress.h"
#include "explore/world/worlds.h"

double round_time(void)
{
    struct timespec time;

    real.clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* What was counted ------------------------------------------------------------ */

void round_forget(struct exploration *all)
{
    outcomes_free(&all->outcomes);
    while (all->sample_count > 0)
        free(all->samples[--all->sample_count].choices);
    all->runs = all->redundant = 0;
    all->steps = 0;
    all->stop = STOP_NOT;
    all->restarts++;
}

static void take_sample(struct exploration *all, const struct slot *slot)
{
    const struct record *run = slot->record;
    struct sample *sample = &all->samples[all->sample_count];

    if (all->sample_count == SAMPLES_MOST ||
        (all->runs > SAMPLES_FIRST && (all->runs & (all->runs - 1)) != 0))
        return;
    sample->choices = findings_choices(run);
    sample->choice_count = run->event_count;
    sample->outcome = outcomes_find(&all->outcomes, run, &slot->printed);
    all->sample_count++;
}

static void count_run(struct exploration *all, const struct slot *slot)
{
    const struct record *run = slot->record;

    all->steps += run->event_count;
    switch (run->ending) {
    case ENDING_REDUNDANT:
        all->redundant++;
        return;
    case ENDING_QUIET:
        return;
    case ENDING_REFUSED:
    case ENDING_DIVERGED:
        all->stop = run->ending == ENDING_REFUSED ? STOP_REFUSED : STOP_DIVERGED;
        all->fault = strdup(run->fault);
        all->fault_place = run->fault_place;
        return;
    case ENDING_STEPS:
        all->stop = STOP_STEPS;
        all->fault = run->fault[0] != '\0' ? strdup(run->fault) : NULL;
        break;
    default:
        break;
    }
    all->runs++;
    outcomes_add(&all->outcomes, run, &slot->printed);
    take_sample(all, slot);
}

/* A round --------------------------------------------------------------------- */

/* Where the runs of a round come from: what is next and written into the slot's plan;
 * and what becomes of one that has ended, which may end the round. */
struct source {
    bool (*next)(struct exploration *all, void *from, struct slot *slot);
    enum round (*take)(struct exploration *all, void *from, struct slot *slot);
    double (*done)(const void *from);
    void *from;
};

static bool has_run(const struct exploration *all, unsigned long runs)
{
    return runs > 0 && all->runs + all->redundant >= runs;
}

bool round_is_late(struct exploration *all)
{
    const struct options *options = all->options;

    all->seconds = round_time() - all->begun;
    if (all->stop == STOP_NOT && options->seconds > 0 && all->seconds >= (double)options->seconds)
        all->stop = STOP_SECONDS;
    if (all->stop == STOP_NOT && patience_is_out())
        all->stop = STOP_ASKED;
    return all->stop != STOP_NOT;
}

static bool is_over(struct exploration *all)
{
    if (all->stop == STOP_NOT && has_run(all, all->options->runs))
        all->stop = STOP_RUNS;
    if (!round_is_late(all) && all->is_enough != NULL && all->is_enough(all))
        all->stop = STOP_ASKED;
    return all->stop != STOP_NOT;
}

/* There is no more to do with it than to count it, and to look for others. */
static bool is_quiet(const struct exploration *all, const struct record *run)
{
    return run->race_count == 0 && run->site_count == 0 && run->doubt_count == 0 &&
           run->ending != ENDING_REFUSED && run->ending != ENDING_DIVERGED &&
           all->is_enough == NULL && !all->options->by_states;
}

static void show_progress(struct exploration *all, const struct source *source,
                          const struct record *run)
{
    if (!patience_wants(round_time()))
        return;
    worlds_settle();
    progress_show(all, source->done(source->from), run->event_count);
}

/* Runs begin in the order in which they are wanted, and are taken in in the same
 * order: so every exploration of a program is the same. */
static enum round run_all(struct exploration *all, const struct source *source, unsigned long runs)
{
    unsigned long first = 0, next = 0, jobs = all->jobs;
    enum round result = ROUND_DONE;

    while (result == ROUND_DONE) {
        struct slot *slot;

        while (next - first < jobs && source->next(all, source->from, &all->slots[next % jobs]))
            if (slot_run(&all->slots[next++ % jobs]))
                return ROUND_IS_PROGRAM;
        if (first == next)
            break;
        slot = &all->slots[first++ % jobs];
        slot_look(slot);
        if (!is_quiet(all, slot->record))
            worlds_settle();
        result = source->take(all, source->from, slot);
        if (is_over(all))
            break;
        if (result == ROUND_DONE && has_run(all, runs))
            result = ROUND_LONG;
        show_progress(all, source, slot->record);
    }
    worlds_settle();
    for (; first < next; first++)
        slot_stop(&all->slots[first % jobs]);
    return result;
}

/* Marking a run is worth it when some more follow. */
enum { RUNS_UNMARKED = 16 };

static uint32_t marks_of(const struct exploration *all)
{
    const struct options *options = all->options;

    if (options->by_states || !worlds_is_search())
        return 0;
    if (options->marks > 0)
        return (uint32_t)options->marks;
    return all->runs + all->redundant < RUNS_UNMARKED ? 0 : worlds_distance();
}

static void plan_as_asked(const struct exploration *all, struct plan *plan)
{
    options_plan(all->options, plan);
    plan->marks = marks_of(all);
}

/* Of steps -------------------------------------------------------------------- */

static bool next_of_steps(struct exploration *all, void *from, struct slot *slot)
{
    struct plan *plan = &slot->record->plan;
    struct search *search = from;

    if (!search_next(search, &slot->item))
        return false;
    search_plan(search, &slot->item, plan);
    plan_as_asked(all, plan);
    plan->every_access = all->options->every_access;
    plan->states = plan->merges = all->options->by_states;
    plan->mark_at = search_returns(search);
    if (plan->site_count != all->plan->site_count) {
        plan->site_count = all->plan->site_count;
        memcpy(plan->sites, all->plan->sites, plan->site_count * sizeof *plan->sites);
    }
    return true;
}

/* Shall graphs show it? They try everything once, so not where less is asked for. */
static bool wants_graphs(const struct exploration *all)
{
    const struct options *options = all->options;

    return all->is_weak && all->finding_count == 0 && all->unfollowed == NULL &&
           !options->by_steps && !options_in_parts(options) && options->bound < 0 &&
           options->reduction == REDUCE_ALL && !options->every_access;
}

/* Those that the run was the first to pass; from each the search goes on. */
static void learn_states(const struct slot *slot)
{
    const struct record *run = slot->record;

    for (uint32_t i = run->plan.choice_count; i < run->event_count; i++)
        known_add(run->states[i]);
}

static enum round take_of_steps(struct exploration *all, void *from, struct slot *slot)
{
    enum round result;

    findings_take_worth(all, slot->record);
    result = findings_take_steps(all, slot->record) ? ROUND_AGAIN : ROUND_DONE;
    count_run(all, slot);
    if (!search_take(from, &slot->item, slot->record) && all->stop == STOP_NOT &&
        result == ROUND_DONE) {
        all->stop = STOP_DIVERGED;
        all->fault = strdup("with other steps than before");
    }
    if (all->options->by_states)
        learn_states(slot);
    return result == ROUND_DONE && wants_graphs(all) ? ROUND_WEAK : result;
}

static double done_of_steps(const void *from)
{
    return search_done(from);
}

/* Who has stopped begins nothing again, and has what was found. */
enum round round_of_steps(struct exploration *all, struct search *search, unsigned long runs)
{
    const struct source source = {next_of_steps, take_of_steps, done_of_steps, search};
    enum round result = run_all(all, &source, runs);

    if (result == ROUND_AGAIN && all->stop != STOP_NOT && all->stop != STOP_STEPS)
        result = ROUND_DONE;
    return result;
}

/* Of graphs ------------------------------------------------------------------- */

static bool next_of_graphs(struct exploration *all, void *from, struct slot *slot)
{
    struct plan *plan = &slot->record->plan;

    if (!graphs_next(from, plan))
        return false;
    plan_as_asked(all, plan);
    plan->memory = all->memory;
    plan->states = plan->merges = plan->every_access = false;
    plan->site_count = 0;
    return true;
}

/* Where there is a data race, C promises nothing, and graphs are none. */
static enum round take_of_graphs(struct exploration *all, void *from, struct slot *slot)
{
    if (!graphs_take(from, slot->record))
        return ROUND_AGAIN;
    findings_take_worth(all, slot->record);
    findings_take_races(all, slot->record);
    if (slot->record->race_count > 0)
        all->stop = STOP_RACE;
    else
        count_run(all, slot);
    return ROUND_DONE;
}

static double done_of_graphs(const void *from)
{
    return ((const struct graphs *)from)->done;
}

enum round round_of_graphs(struct exploration *all, struct graphs *graphs, unsigned long runs)
{
    const struct source source = {next_of_graphs, take_of_graphs, done_of_graphs, graphs};

    return run_all(all, &source, runs);
}
