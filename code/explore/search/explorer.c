#define _GNU_SOURCE
#include "explore/search/explorer.h"

#include <stdlib.h>
#include <string.h>

#include "explore/base/real.h"
#include "explore/names/names.h"
#include "explore/names/schedule.h"
#include "explore/names/trace.h"
#include "explore/search/graphs.h"
#include "explore/search/patience.h"
#include "explore/search/progress.h"
#include "explore/search/slot.h"
#include "explore/world/worlds.h"

enum { SLOTS_MOST = 64 };

static struct slot slots[SLOTS_MOST];

static double now(void)
{
    struct timespec time;

    real.clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Data races ------------------------------------------------------------------ */

static bool is_site(const struct plan *plan, uintptr_t place)
{
    for (uint32_t i = 0; i < plan->site_count; i++)
        if (plan->sites[i] == place)
            return true;
    return false;
}

/* False when there are too many. */
static bool add_site(struct exploration *all, uintptr_t place, bool *fresh)
{
    if (is_site(all->plan, place))
        return true;
    if (all->plan->site_count == SITES_MOST)
        return false;
    all->plan->sites[all->plan->site_count++] = place;
    *fresh = true;
    return true;
}

static bool same_race(const struct race *a, const struct race *b)
{
    return (a->first == b->first && a->second == b->second) ||
           (a->first == b->second && a->second == b->first);
}

static void add_finding(struct exploration *all, const struct record *run, const struct race *race)
{
    struct choice *choices;

    for (size_t i = 0; i < all->finding_count; i++)
        if (same_race(&all->findings[i].race, race))
            return;
    choices = malloc((run->event_count + 1) * sizeof *choices);
    all->findings = realloc(all->findings, (all->finding_count + 1) * sizeof *all->findings);
    if (choices == NULL || all->findings == NULL)
        abort();
    for (uint32_t i = 0; i < run->event_count; i++)
        choices[i] = (struct choice){run->events[i].thread, run->events[i].alternative};
    names_begin(run->thread_count, run->names, run->routines);
    all->findings[all->finding_count++] = (struct finding){
        .race = *race,
        .schedule = schedule_text(choices, run->event_count, &run->plan),
        .first = strdup(thread_name(race->first_thread)),
        .second = strdup(thread_name(race->second_thread)),
    };
    free(choices);
}

/* Plain accesses that race become steps. True when there are new ones: then
 * what has been explored knew too few steps, and the search begins again. */
static bool take_races(struct exploration *all, const struct record *run)
{
    bool fresh = false, room = true;

    for (uint32_t i = 0; i < run->race_count; i++) {
        add_finding(all, run, &run->races[i]);
        room = room && add_site(all, run->races[i].first, &fresh) &&
               add_site(all, run->races[i].second, &fresh);
    }
    for (uint32_t i = 0; i < run->site_count; i++)
        room = room && add_site(all, run->sites[i], &fresh);
    if (!room) {
        all->stop = STOP_REFUSED;
        all->fault = strdup("has data races in too many places");
    }
    return fresh && !all->options->every_access;
}

/* What a list is worth ---------------------------------------------------------- */

void exploration_doubt(struct exploration *all, uintptr_t place, const char *text)
{
    struct doubt *doubt = &all->doubts[all->doubt_count];

    for (uint32_t i = 0; i < all->doubt_count; i++)
        if (strcmp(all->doubts[i].text, text) == 0)
            return;
    if (all->doubt_count == DOUBTS_MOST)
        return;
    doubt->place = place;
    snprintf(doubt->text, sizeof doubt->text, "%s", text);
    all->doubt_count++;
}

static void take_worth(struct exploration *all, const struct record *run)
{
    for (uint32_t i = 0; i < run->doubt_count; i++)
        exploration_doubt(all, run->doubts[i].place, run->doubts[i].text);
    if (run->is_weak && !all->is_weak) {
        all->is_weak = true;
        all->weak = run->weak;
    }
    all->waits = all->waits || run->waits;
}

/* The rounds ------------------------------------------------------------------ */

static void fill_plan(const struct exploration *all, const struct search *search, struct slot *slot)
{
    struct plan *plan = &slot->record->plan;

    search_plan(search, &slot->item, plan);
    plan->every_access = all->options->every_access;
    plan->step_limit = (uint32_t)all->options->steps;
    plan->spurious = (uint32_t)all->options->spurious;
    plan->failing = all->options->failing;
    if (plan->site_count != all->plan->site_count) {
        plan->site_count = all->plan->site_count;
        memcpy(plan->sites, all->plan->sites, plan->site_count * sizeof *plan->sites);
    }
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
        break;
    default:
        break;
    }
    all->runs++;
    outcomes_add(&all->outcomes, run, &slot->printed);
}

static bool is_over(struct exploration *all, double begin)
{
    const struct options *options = all->options;

    all->seconds = now() - begin;
    if (all->stop == STOP_NOT && options->runs > 0 && all->runs + all->redundant >= options->runs)
        all->stop = STOP_RUNS;
    if (all->stop == STOP_NOT && options->seconds > 0 && all->seconds >= (double)options->seconds)
        all->stop = STOP_SECONDS;
    if (all->stop == STOP_NOT && patience_is_out())
        all->stop = STOP_ASKED;
    return all->stop != STOP_NOT;
}

/* ROUND_WEAK: C allows more than steps show. */
enum round { ROUND_DONE, ROUND_AGAIN, ROUND_IS_PROGRAM, ROUND_WEAK };

/* Shall graphs show it? They try everything once, so not where less is asked for. */
static bool wants_graphs(const struct exploration *all)
{
    const struct options *options = all->options;

    return all->is_weak && all->finding_count == 0 && all->unfollowed == NULL &&
           !options->by_steps && options->bound < 0 && options->reduction == REDUCE_ALL &&
           !options->every_access;
}

/* Runs begin in the order in which the search wants them, and are taken in in
 * the same order: so every exploration of a program is the same. */
static enum round explore_once(struct exploration *all, struct search *search, double begin)
{
    unsigned long first = 0, next = 0, jobs = all->options->jobs;
    enum round result = ROUND_DONE;

    for (;;) {
        while (next - first < jobs && search_next(search, &slots[next % jobs].item)) {
            struct slot *slot = &slots[next++ % jobs];

            fill_plan(all, search, slot);
            if (slot_run(slot))
                return ROUND_IS_PROGRAM;
        }
        if (first == next)
            break;
        slot_wait(&slots[first % jobs]);
        take_worth(all, slots[first % jobs].record);
        if (take_races(all, slots[first % jobs].record))
            result = ROUND_AGAIN;
        count_run(all, &slots[first % jobs]);
        if (!search_take(search, &slots[first % jobs].item, slots[first % jobs].record) &&
            all->stop == STOP_NOT && result == ROUND_DONE) {
            all->stop = STOP_DIVERGED;
            all->fault = strdup("with other steps than before");
        }
        first++;
        if (result == ROUND_DONE && wants_graphs(all))
            result = ROUND_WEAK;
        if (is_over(all, begin) || result != ROUND_DONE)
            break;
        if (patience_wants(now()))
            progress_show(all, search_done(search), slots[(first - 1) % jobs].record->event_count);
    }
    for (; first < next; first++)
        slot_stop(&slots[first % jobs]);
    if (result != ROUND_WEAK && all->stop != STOP_NOT && all->stop != STOP_STEPS)
        result = ROUND_DONE;
    return result;
}

static void forget(struct exploration *all)
{
    outcomes_free(&all->outcomes);
    all->runs = all->redundant = 0;
    all->steps = 0;
    all->stop = STOP_NOT;
    all->restarts++;
}

static enum round explore_steps(struct exploration *all, double begin)
{
    enum round round;

    do {
        struct search search;

        search_begin(&search, all->options->reduction, all->options->bound);
        round = explore_once(all, &search, begin);
        all->bounded = search.bounded;
        if (round == ROUND_AGAIN)
            forget(all);
    } while (round == ROUND_AGAIN);
    return round;
}

/* Graphs ---------------------------------------------------------------------- */

static void fill_graph_plan(const struct exploration *all, struct plan *plan)
{
    plan->memory = all->memory;
    plan->every_access = false;
    plan->site_count = 0;
    plan->step_limit = (uint32_t)all->options->steps;
    plan->spurious = (uint32_t)all->options->spurious;
    plan->failing = all->options->failing;
}

/* Where there is a data race, C promises nothing, and graphs are none. */
static void take_graph(struct exploration *all, const struct slot *slot)
{
    take_worth(all, slot->record);
    for (uint32_t i = 0; i < slot->record->race_count; i++)
        add_finding(all, slot->record, &slot->record->races[i]);
    if (slot->record->race_count > 0)
        all->stop = STOP_RACE;
    else
        count_run(all, slot);
}

static enum round grow_graphs(struct exploration *all, struct graphs *graphs, double begin)
{
    unsigned long first = 0, next = 0, jobs = all->options->jobs;
    enum round result = ROUND_DONE;

    while (result == ROUND_DONE) {
        while (next - first < jobs && graphs_next(graphs, &slots[next % jobs].record->plan)) {
            struct slot *slot = &slots[next++ % jobs];

            fill_graph_plan(all, &slot->record->plan);
            if (slot_run(slot))
                return ROUND_IS_PROGRAM;
        }
        if (first == next)
            break;
        slot_wait(&slots[first % jobs]);
        if (!graphs_take(graphs, slots[first % jobs].record))
            result = ROUND_AGAIN;
        else
            take_graph(all, &slots[first % jobs]);
        first++;
        if (is_over(all, begin))
            break;
        if (patience_wants(now()))
            progress_show(all, 0, slots[(first - 1) % jobs].record->event_count);
    }
    for (; first < next; first++)
        slot_stop(&slots[first % jobs]);
    return result;
}

static enum round explore_graphs(struct exploration *all, enum memory memory, double begin)
{
    struct graphs graphs = {.tries = false};
    enum round round;

    all->memory = all->plan->memory = memory;
    do {
        graphs_begin(&graphs, slots, all->options->jobs);
        round = grow_graphs(all, &graphs, begin);
        graphs_end(&graphs);
        if (round == ROUND_AGAIN)
            forget(all);
    } while (round == ROUND_AGAIN);
    return round;
}

static bool has_failed(const struct exploration *all)
{
    return all->stop == STOP_REFUSED || all->stop == STOP_DIVERGED || all->stop == STOP_RACE;
}

/* After graphs that have led nowhere. */
static enum round fall_back(struct exploration *all, double begin)
{
    all->unfollowed = all->stop == STOP_RACE ? strdup("has a data race") : all->fault;
    all->fault = NULL;
    forget(all);
    all->memory = all->plan->memory = MEMORY_STEPS;
    for (unsigned long i = 0; i < all->options->jobs; i++)
        slots[i].record->plan.memory = MEMORY_STEPS;
    return explore_steps(all, begin);
}

static enum round explore_as_asked(struct exploration *all, double begin)
{
    enum memory asked = all->options->memory;
    enum round round = ROUND_WEAK;

    if (asked == MEMORY_STEPS)
        round = explore_steps(all, begin);
    if (round != ROUND_WEAK)
        return round;
    if (asked == MEMORY_STEPS)
        forget(all);
    round = explore_graphs(all, asked == MEMORY_STEPS ? MEMORY_RC11 : asked, begin);
    if (round == ROUND_DONE && has_failed(all) && (asked == MEMORY_STEPS || asked == MEMORY_SC))
        round = fall_back(all, begin);
    return round;
}

static void begin(struct exploration *all, const struct options *options)
{
    all->options = options;
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

static void end(struct exploration *all)
{
    for (unsigned i = 0; i < all->options->jobs; i++)
        all->forked += slots[i].forked;
    if (worlds_is_search())
        slot_give_streams();
    patience_end();
    outcomes_sort(&all->outcomes);
}

bool explore(struct exploration *all, const struct options *options)
{
    double begun = now();

    begin(all, options);
    if (explore_as_asked(all, begun) == ROUND_IS_PROGRAM)
        return true;
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
    plan->step_limit = (uint32_t)options->steps;
    plan->spurious = (uint32_t)options->spurious;
    plan->failing = options->failing;
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
