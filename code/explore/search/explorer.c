#define _GNU_SOURCE
#include "explore/search/explorer.h"

#include <stdlib.h>
#include <string.h>

#include "explore/base/real.h"
#include "explore/names/names.h"
#include "explore/names/schedule.h"
#include "explore/names/trace.h"
#include "explore/run/known.h"
#include "explore/search/graphs.h"
#include "explore/search/otherwise.h"
#include "explore/search/parts.h"
#include "explore/search/patience.h"
#include "explore/search/progress.h"
#include "explore/search/slot.h"
#include "explore/world/memory.h"
#include "explore/world/worlds.h"

enum { SLOTS_MOST = 64 };

KEPT static struct slot slots[SLOTS_MOST];

double round_time(void)
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

bool round_add_site(struct exploration *all, uintptr_t place)
{
    bool fresh = false;

    if (add_site(all, place, &fresh))
        return true;
    all->stop = STOP_REFUSED;
    all->fault = strdup("has data races in too many places");
    return false;
}

void round_add_finding(struct exploration *all, struct finding *finding)
{
    size_t i = 0;

    while (i < all->finding_count && !same_race(&all->findings[i].race, &finding->race))
        i++;
    if (i < all->finding_count) {
        free(finding->schedule);
        free(finding->first);
        free(finding->second);
        return;
    }
    all->findings = realloc(all->findings, (all->finding_count + 1) * sizeof *all->findings);
    if (all->findings == NULL)
        abort();
    all->findings[all->finding_count++] = *finding;
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
    all->fills = all->fills || run->fills;
}

/* The rounds ------------------------------------------------------------------ */

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

static void fill_plan(const struct exploration *all, struct search *search, struct slot *slot)
{
    struct plan *plan = &slot->record->plan;

    search_plan(search, &slot->item, plan);
    plan->every_access = all->options->every_access;
    plan->step_limit = (uint32_t)all->options->steps;
    plan->spurious = (uint32_t)all->options->spurious;
    plan->failing = all->options->failing;
    plan->states = plan->merges = all->options->by_states;
    plan->marks = marks_of(all);
    plan->mark_at = search_returns(search);
    if (plan->site_count != all->plan->site_count) {
        plan->site_count = all->plan->site_count;
        memcpy(plan->sites, all->plan->sites, plan->site_count * sizeof *plan->sites);
    }
}

static void take_sample(struct exploration *all, const struct slot *slot)
{
    const struct record *run = slot->record;
    struct sample *sample = &all->samples[all->sample_count];

    if (all->sample_count == SAMPLES_MOST ||
        (all->runs > SAMPLES_FIRST && (all->runs & (all->runs - 1)) != 0))
        return;
    sample->choices = malloc((run->event_count + 1) * sizeof *sample->choices);
    if (sample->choices == NULL)
        abort();
    for (uint32_t i = 0; i < run->event_count; i++)
        sample->choices[i] = (struct choice){run->events[i].thread, run->events[i].alternative};
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

static bool is_over(struct exploration *all)
{
    const struct options *options = all->options;

    all->seconds = round_time() - all->begun;
    if (all->stop == STOP_NOT && options->runs > 0 && all->runs + all->redundant >= options->runs)
        all->stop = STOP_RUNS;
    if (all->stop == STOP_NOT && options->seconds > 0 && all->seconds >= (double)options->seconds)
        all->stop = STOP_SECONDS;
    if (all->stop == STOP_NOT &&
        (patience_is_out() || (all->is_enough != NULL && all->is_enough(all))))
        all->stop = STOP_ASKED;
    return all->stop != STOP_NOT;
}

/* Parts are wanted, and not just helpers. */
static bool is_kept(const struct options *options)
{
    return options->keep != NULL || options->merge != NULL || options->shards > 0;
}

/* Shall graphs show it? They try everything once, so not where less is asked for. */
static bool wants_graphs(const struct exploration *all)
{
    const struct options *options = all->options;

    return all->is_weak && all->finding_count == 0 && all->unfollowed == NULL &&
           !options->by_steps && !is_kept(options) && options->bound < 0 &&
           options->reduction == REDUCE_ALL && !options->every_access;
}

/* Those that the run was the first to pass; from each the search goes on. */
static void learn_states(const struct slot *slot)
{
    const struct record *run = slot->record;

    for (uint32_t i = run->plan.choice_count; i < run->event_count; i++)
        known_add(run->states[i]);
}

/* There is no more to do with it than to count it, and to look for others. */
static bool is_quiet(const struct exploration *all, const struct record *run)
{
    return run->race_count == 0 && run->site_count == 0 && run->doubt_count == 0 &&
           run->ending != ENDING_REFUSED && run->ending != ENDING_DIVERGED &&
           all->is_enough == NULL && !all->options->by_states;
}

/* Runs begin in the order in which the search wants them, and are taken in in
 * the same order: so every exploration of a program is the same. */
enum round round_of_steps(struct exploration *all, struct search *search, unsigned long runs)
{
    unsigned long first = 0, next = 0, jobs = all->jobs;
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
        slot_look(&slots[first % jobs]);
        if (!is_quiet(all, slots[first % jobs].record))
            worlds_settle();
        take_worth(all, slots[first % jobs].record);
        if (take_races(all, slots[first % jobs].record))
            result = ROUND_AGAIN;
        count_run(all, &slots[first % jobs]);
        if (!search_take(search, &slots[first % jobs].item, slots[first % jobs].record) &&
            all->stop == STOP_NOT && result == ROUND_DONE) {
            all->stop = STOP_DIVERGED;
            all->fault = strdup("with other steps than before");
        }
        if (all->options->by_states)
            learn_states(&slots[first % jobs]);
        first++;
        if (result == ROUND_DONE && wants_graphs(all))
            result = ROUND_WEAK;
        if (is_over(all) || result != ROUND_DONE)
            break;
        if (runs > 0 && all->runs + all->redundant >= runs) {
            result = ROUND_LONG;
            break;
        }
        if (patience_wants(round_time())) {
            worlds_settle();
            progress_show(all, search_done(search), slots[(first - 1) % jobs].record->event_count);
        }
    }
    worlds_settle();
    for (; first < next; first++)
        slot_stop(&slots[first % jobs]);
    if (result != ROUND_WEAK && result != ROUND_LONG && all->stop != STOP_NOT &&
        all->stop != STOP_STEPS)
        result = ROUND_DONE;
    return result;
}

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
    bool in_parts = is_kept(options);
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
    if (all->is_weak && is_kept(options) && all->unfollowed == NULL)
        all->unfollowed = strdup("is explored in parts; with a model, its graphs are");
    return round;
}

/* Graphs ---------------------------------------------------------------------- */

static void fill_graph_plan(const struct exploration *all, struct plan *plan)
{
    plan->memory = all->memory;
    plan->states = plan->merges = false;
    plan->marks = marks_of(all);
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

enum round round_of_graphs(struct exploration *all, struct graphs *graphs, unsigned long runs)
{
    unsigned long first = 0, next = 0, jobs = all->jobs;
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
        slot_look(&slots[first % jobs]);
        if (!is_quiet(all, slots[first % jobs].record))
            worlds_settle();
        if (!graphs_take(graphs, slots[first % jobs].record))
            result = ROUND_AGAIN;
        else
            take_graph(all, &slots[first % jobs]);
        first++;
        if (is_over(all))
            break;
        if (result == ROUND_DONE && runs > 0 && all->runs + all->redundant >= runs)
            result = ROUND_LONG;
        if (patience_wants(round_time())) {
            worlds_settle();
            progress_show(all, graphs->done, slots[(first - 1) % jobs].record->event_count);
        }
    }
    worlds_settle();
    for (; first < next; first++)
        slot_stop(&slots[first % jobs]);
    return result;
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
        if (!is_kept(all->options))
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
        (asked == MEMORY_STEPS || (asked == MEMORY_SC && !is_kept(all->options))))
        round = fall_back(all);
    return round;
}

static void begin(struct exploration *all, const struct options *options)
{
    all->options = options;
    all->begun = round_time();
    all->jobs = options->jobs;
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
