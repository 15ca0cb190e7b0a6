#include "explore/model/outcome.h"

#include <stdlib.h>
#include <string.h>

static void *copy_of(const void *bytes, size_t size)
{
    char *copy = malloc(size + 1);

    if (copy == NULL)
        abort();
    memcpy(copy, bytes, size);
    copy[size] = '\0';
    return copy;
}

/* How natural a schedule is ---------------------------------------------------- */

struct cost {
    unsigned unlucky, preemptions, hasty, switches;
};

static struct cost cost_of(const struct record *run)
{
    struct cost cost = {0};

    for (uint32_t i = 0; i < run->event_count; i++)
        cost.unlucky += run->events[i].unlucky;
    for (uint32_t i = 1; i < run->event_count; i++) {
        const struct event *event = &run->events[i], *last = event - 1;
        thread_set eager = event->enabled & ~event->lazy;

        if (event->thread != last->thread) {
            cost.switches++;
            cost.preemptions += eager >> last->thread & 1;
        }
        if (eager != 0 && (event->lazy >> event->thread & 1) != 0)
            cost.hasty++;
    }
    return cost;
}

static int compare(unsigned long a, unsigned long b)
{
    return a < b ? -1 : a > b;
}

/* Below 0: the run is more natural than the outcome's schedule. */
static int compare_cost(const struct cost *cost, uint32_t steps, const struct outcome *outcome)
{
    int order = compare(cost->unlucky, outcome->unlucky);

    if (order == 0)
        order = compare(cost->preemptions, outcome->preemptions);

    if (order == 0)
        order = compare(cost->hasty, outcome->hasty);
    if (order == 0)
        order = compare(cost->switches, outcome->switches);
    if (order == 0)
        order = compare(steps, outcome->choice_count);
    return order;
}

/* Outcomes --------------------------------------------------------------------- */

/* Do the same threads wait, and for the same sort of thing? */
static bool same_waits(const struct leftover *as, const struct leftover *bs)
{
    for (unsigned i = 0; i < THREADS_MOST; i++) {
        const struct leftover *a = &as[i], *b = &bs[i];

        if (a->alive != b->alive || a->spins != b->spins)
            return false;
        if (a->alive && !a->spins &&
            (a->pending.kind != b->pending.kind || a->pending.place != b->pending.place))
            return false;
    }
    return true;
}

static bool is_same(const struct outcome *outcome, const struct record *run,
                    const struct printed *printed)
{
    return outcome->ending == run->ending && outcome->status == run->status &&
           outcome->out_size == printed->out_size && outcome->err_size == printed->err_size &&
           memcmp(outcome->out, printed->out, printed->out_size) == 0 &&
           memcmp(outcome->err, printed->err, printed->err_size) == 0 &&
           strcmp(outcome->fault, run->fault) == 0 &&
           (!ending_is_stuck(run->ending) || same_waits(outcome->leftovers, run->leftovers));
}

static void take_schedule(struct outcome *outcome, const struct record *run,
                          const struct cost *cost)
{
    free(outcome->choices);
    outcome->choices = malloc((run->event_count + 1) * sizeof *outcome->choices);
    if (outcome->choices == NULL)
        abort();
    outcome->choice_count = run->event_count;
    for (uint32_t i = 0; i < run->event_count; i++)
        outcome->choices[i] = (struct choice){run->events[i].thread, run->events[i].alternative};
    outcome->unlucky = cost->unlucky;
    outcome->preemptions = cost->preemptions;
    outcome->hasty = cost->hasty;
    outcome->switches = cost->switches;
    outcome->thread_count = run->thread_count;
    outcome->fault_place = run->fault_place;
    outcome->since = run->since;
    memcpy(outcome->was, run->was, sizeof run->was);
    memcpy(outcome->leftovers, run->leftovers, sizeof run->leftovers);
    memcpy(outcome->names, run->names, sizeof run->names);
    memcpy(outcome->routines, run->routines, sizeof run->routines);
}

static struct outcome *add(struct outcomes *outcomes)
{
    if (outcomes->count == outcomes->room) {
        outcomes->room = outcomes->room > 0 ? 2 * outcomes->room : 16;
        outcomes->list = realloc(outcomes->list, outcomes->room * sizeof *outcomes->list);
        if (outcomes->list == NULL)
            abort();
    }
    outcomes->list[outcomes->count] = (struct outcome){.order = (unsigned)outcomes->count};
    return &outcomes->list[outcomes->count++];
}

static struct outcome *outcome_new(struct outcomes *outcomes, const struct record *run,
                                   const struct printed *printed)
{
    struct outcome *outcome = add(outcomes);

    *outcome = (struct outcome){
        .ending = run->ending,
        .status = run->status,
        .fault = copy_of(run->fault, strlen(run->fault)),
        .out = copy_of(printed->out, printed->out_size),
        .out_size = printed->out_size,
        .err = copy_of(printed->err, printed->err_size),
        .err_size = printed->err_size,
        .order = outcome->order,
    };
    return outcome;
}

size_t outcomes_find(const struct outcomes *outcomes, const struct record *run,
                     const struct printed *printed)
{
    size_t i = 0;

    while (i < outcomes->count && !is_same(&outcomes->list[i], run, printed))
        i++;
    return i;
}

void outcomes_add(struct outcomes *outcomes, const struct record *run,
                  const struct printed *printed)
{
    struct cost cost = cost_of(run);
    size_t at = outcomes_find(outcomes, run, printed);
    struct outcome *outcome =
        at < outcomes->count ? &outcomes->list[at] : outcome_new(outcomes, run, printed);

    if (outcome->runs++ == 0 || compare_cost(&cost, run->event_count, outcome) < 0)
        take_schedule(outcome, run, &cost);
}

static bool is_alike(const struct outcome *a, const struct outcome *b)
{
    return a->ending == b->ending && a->status == b->status && a->out_size == b->out_size &&
           a->err_size == b->err_size && memcmp(a->out, b->out, a->out_size) == 0 &&
           memcmp(a->err, b->err, a->err_size) == 0 && strcmp(a->fault, b->fault) == 0 &&
           (!ending_is_stuck(a->ending) || same_waits(a->leftovers, b->leftovers));
}

static void free_one(struct outcome *outcome)
{
    free(outcome->fault);
    free(outcome->out);
    free(outcome->err);
    free(outcome->choices);
}

void outcomes_join(struct outcomes *outcomes, struct outcome *other)
{
    const struct cost cost = {other->unlucky, other->preemptions, other->hasty, other->switches};
    struct outcome *known = outcomes->list, kept;
    unsigned long runs;

    while (known < outcomes->list + outcomes->count && !is_alike(known, other))
        known++;
    if (known == outcomes->list + outcomes->count) {
        known = add(outcomes);
        other->order = known->order;
        *known = *other;
        return;
    }
    runs = known->runs + other->runs;
    if (compare_cost(&cost, other->choice_count, known) < 0) {
        kept = *known;
        *known = *other;
        known->order = kept.order;
        *other = kept;
    }
    known->runs = runs;
    free_one(other);
}

static int compare_outcomes(const void *first, const void *second)
{
    const struct outcome *a = first, *b = second;
    const struct cost cost = {a->unlucky, a->preemptions, a->hasty, a->switches};
    int order = compare_cost(&cost, a->choice_count, b);

    return order != 0 ? order : compare(a->order, b->order);
}

void outcomes_sort(struct outcomes *outcomes)
{
    if (outcomes->count > 0)
        qsort(outcomes->list, outcomes->count, sizeof *outcomes->list, compare_outcomes);
}

void outcomes_free(struct outcomes *outcomes)
{
    for (size_t i = 0; i < outcomes->count; i++)
        free_one(&outcomes->list[i]);
    free(outcomes->list);
    *outcomes = (struct outcomes){0};
}
