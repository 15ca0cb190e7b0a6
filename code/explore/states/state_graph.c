#define _GNU_SOURCE
#include "explore/states/state_graph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/run/state.h"
#include "explore/search/slot.h"

/* A step that was seen to be possible, and from where. */
struct task {
    int32_t state;
    struct choice choice;
};

enum { SLOTS_MOST = 64 };

/* How far a run goes beyond the step that it is for, where a thread may turn in a
 * loop for ever. What is left is for other runs. */
enum { BEYOND = 200 };

static struct slot slots[SLOTS_MOST];
static struct task started[SLOTS_MOST];
static struct task *tasks;
static size_t task_count, task_room, task_next;

static void *grown(void *list, size_t count, size_t *room, size_t size)
{
    if (count < *room)
        return list;
    *room = *room > 0 ? 2 * *room : 256;
    list = realloc(list, *room * size);
    if (list == NULL)
        abort();
    return list;
}

static void fail(struct state_graph *graph, const char *why)
{
    if (graph->fault == NULL && (graph->fault = strdup(why)) == NULL)
        abort();
}

static void fail_large(struct state_graph *graph, size_t most)
{
    char why[64];

    snprintf(why, sizeof why, "has more than %zu states", most);
    fail(graph, why);
}

/* States -------------------------------------------------------------------------- */

/* Hashed by key, with open addressing: numbers of states, one more. */
static uint32_t *table;
static size_t table_size;

static size_t slot_of(const struct state_graph *graph, uint64_t key)
{
    size_t slot = key % table_size;

    while (table[slot] != 0 && graph->states[table[slot] - 1].key != key)
        slot = (slot + 1) % table_size;
    return slot;
}

static void widen(struct state_graph *graph)
{
    if (2 * graph->count < table_size)
        return;
    free(table);
    table_size = table_size > 0 ? 4 * table_size : 4096;
    table = calloc(table_size, sizeof *table);
    if (table == NULL)
        abort();
    for (size_t i = 0; i < graph->count; i++)
        table[slot_of(graph, graph->states[i].key)] = (uint32_t)i + 1;
}

/* The state with that key; *fresh when it was not known. */
static int32_t state_of(struct state_graph *graph, uint64_t key, bool *fresh)
{
    size_t slot;

    widen(graph);
    slot = slot_of(graph, key);
    *fresh = table[slot] == 0;
    if (*fresh) {
        graph->states = grown(graph->states, graph->count, &graph->room, sizeof *graph->states);
        graph->states[graph->count] = (struct state_node){.key = key, .from = NO_STATE};
        graph->states[graph->count++].outcome = NO_STATE;
        table[slot] = (uint32_t)graph->count;
    }
    return (int32_t)table[slot] - 1;
}

static uint64_t mixed(uint64_t key, const char *bytes, size_t size)
{
    for (size_t i = 0; i < size; i++)
        key = (key ^ (uint8_t)bytes[i]) * 0x100000001b3u;
    return key ^ key >> 32;
}

/* Tasks --------------------------------------------------------------------------- */

static void want(int32_t state, struct choice choice)
{
    tasks = grown(tasks, task_count, &task_room, sizeof *tasks);
    tasks[task_count++] = (struct task){state, choice};
}

static struct edge *edge_of(const struct state_node *state, struct choice choice)
{
    for (uint32_t i = 0; i < state->edge_count; i++)
        if (state->edges[i].choice.thread == choice.thread &&
            state->edges[i].choice.alternative == choice.alternative)
            return &state->edges[i];
    return NULL;
}

static void fill_plan(const struct state_graph *graph, const struct task *task, struct plan *plan)
{
    const struct options *options = graph->all->options;
    const struct plan *known = graph->all->plan;
    const struct state_node *state = &graph->states[task->state];

    plan->choice_count = state->depth + 1;
    plan->choices[state->depth] = task->choice;
    for (; state->from != NO_STATE; state = &graph->states[state->from])
        plan->choices[state->depth - 1] = state->choice;
    plan->sleeping = 0;
    plan->values = plan->states = true;
    plan->buffers = options->memory == MEMORY_TSO;
    plan->turns = graph->turns;
    options_plan(options, plan);
    if (graph->turns && plan->step_limit > plan->choice_count + BEYOND)
        plan->step_limit = plan->choice_count + BEYOND;
    plan->spurious = (uint32_t)graph->spurious;
    plan->site_count = known->site_count;
    memcpy(plan->sites, known->sites, known->site_count * sizeof *known->sites);
}

/* A run goes on beyond the step that it is for, so most are there already. */
static bool next_task(const struct state_graph *graph, struct task *task)
{
    while (task_next < task_count && graph->fault == NULL) {
        *task = tasks[task_next++];
        if (edge_of(&graph->states[task->state], task->choice) == NULL)
            return true;
    }
    return false;
}

/* What a run shows ----------------------------------------------------------------- */

/* Who is there and who waits for a signal, at each step of a run. */
struct walk {
    struct state_graph *graph;
    const struct record *run;
    const struct printed *printed;
    size_t out, err; /* so much has been printed */
    thread_set alive;
    const struct op *waits[THREADS_MOST];
};

static void follow(struct walk *walk, uint32_t step)
{
    const struct event *event = &walk->run->events[step];

    if (event->op.kind == OP_CREATE)
        walk->alive |= event->wakes;
    if (event->op.kind == OP_EXIT)
        walk->alive &= ~bit(event->thread);
    if (event->op.kind == OP_PRINT)
        *(event->stream == 2 ? &walk->err : &walk->out) = event->text + event->text_size;
    walk->waits[event->thread] = event->op.kind == OP_WAIT && !event->unlucky ? &event->op : NULL;
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((event->wakes & bit(i)) != 0)
            walk->waits[i] = NULL;
}

/* What it will do next, whoever goes before. */
static const struct op *next_op(const struct record *run, unsigned thread, uint32_t step)
{
    for (uint32_t i = step; i < run->event_count; i++)
        if (run->events[i].thread == thread)
            return &run->events[i].op;
    return &run->leftovers[thread].pending;
}

static void note_blocked(const struct walk *walk, struct state_node *state, thread_set able,
                         uint32_t step)
{
    thread_set waiting = walk->alive & ~able;

    state->blocked = calloc(THREADS_MOST, sizeof *state->blocked);
    if (state->blocked == NULL)
        abort();
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((waiting & bit(i)) != 0)
            state->blocked[state->blocked_count++] = (struct blocked){
                .thread = (uint8_t)i,
                .unsignalled = walk->waits[i] != NULL,
                .op = walk->waits[i] != NULL ? *walk->waits[i] : *next_op(walk->run, i, step),
            };
}

/* The state before a step. Whoever can go on there is to be tried. */
static int32_t enter(struct walk *walk, uint32_t step, int32_t from)
{
    const struct event *event = &walk->run->events[step];
    uint64_t key = walk->run->states[step];
    bool fresh;
    int32_t at;

    if (step == 0 && walk->graph->count > 0) /* whatever was left below main() */
        return 0;
    if (key == 0)
        fail(walk->graph, "has a thread whose stack cannot be followed");
    key = mixed(key, walk->printed->out, walk->out);
    at = state_of(walk->graph, mixed(key + 1, walk->printed->err, walk->err), &fresh);
    if (!fresh)
        return at;
    if (step > 0) {
        const struct event *last = event - 1;
        struct state_node *state = &walk->graph->states[at];

        state->from = from;
        state->depth = walk->graph->states[from].depth + 1; /* a loop may have come here late */
        state->choice = (struct choice){last->thread, last->alternative};
    }
    note_blocked(walk, &walk->graph->states[at], event->enabled, step);
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((event->enabled & bit(i)) != 0)
            want(at, (struct choice){(uint8_t)i, 0});
    return at;
}

/* An end has no key but the outcome, which numbers it. */
static int32_t arrive(struct walk *walk, int32_t from)
{
    size_t outcome = outcomes_find(&walk->graph->all->outcomes, walk->run, walk->printed);
    bool fresh;
    int32_t at;

    if (outcome == walk->graph->all->outcomes.count) {
        fail(walk->graph, "ends as exploring has not found");
        return from;
    }
    at = state_of(walk->graph, outcome << 1, &fresh);
    if (fresh) {
        walk->graph->states[at].outcome = (int32_t)outcome;
        if (ending_is_stuck(walk->run->ending))
            note_blocked(walk, &walk->graph->states[at], 0, walk->run->event_count);
    }
    return at;
}

static struct seen_step what_was_seen(const struct walk *walk, uint32_t step)
{
    const struct record *run = walk->run;
    struct seen_step seen = {.event = run->events[step], .calls = run->calls[step]};
    const char *text = seen.event.stream == 2 ? walk->printed->err : walk->printed->out;

    if (seen.event.op.kind == OP_PRINT)
        seen.text = strndup(text + seen.event.text, seen.event.text_size);
    for (unsigned i = 0; i < WATCHED_MOST && step + 1 < run->event_count; i++)
        if (run->watched[step][i] != run->watched[step + 1][i]) {
            seen.set |= (uint16_t)(1u << i);
            seen.values[i] = run->watched[step + 1][i];
        }
    return seen;
}

static void connect(struct walk *walk, int32_t from, int32_t to, uint32_t step)
{
    const struct event *event = &walk->run->events[step];
    struct choice choice = {event->thread, event->alternative};
    struct state_node *state = &walk->graph->states[from];
    const struct edge *known = edge_of(state, choice);

    if (known != NULL) {
        if (known->to != to)
            fail(walk->graph, "does not go on alike from states that look alike");
        return;
    }
    state->edges = realloc(state->edges, (state->edge_count + 1) * sizeof *state->edges);
    if (state->edges == NULL)
        abort();
    state->edges[state->edge_count++] =
        (struct edge){.choice = choice, .to = to, .step = what_was_seen(walk, step)};
    for (unsigned i = 1; i < event->alternatives; i++)
        want(from, (struct choice){event->thread, (uint8_t)i});
}

static void take_names(struct state_graph *graph, const struct record *run)
{
    if (run->thread_count <= graph->thread_count)
        return;
    graph->thread_count = run->thread_count;
    memcpy(graph->names, run->names, sizeof run->names);
    memcpy(graph->routines, run->routines, sizeof run->routines);
}

static bool may_be_taken(struct state_graph *graph, const struct record *run)
{
    if (run->ending == ENDING_DIVERGED || run->ending == ENDING_REFUSED)
        fail(graph, run->fault);
    else if ((run->ending == ENDING_STEPS && !graph->turns) || run->ending == ENDING_QUIET ||
             run->event_count == 0)
        fail(graph, "did not end within the most steps");
    return graph->fault == NULL;
}

/* Behind the last step of a run that was cut, nobody knows the state. */
static uint32_t steps_known(const struct record *run)
{
    return run->ending == ENDING_STEPS ? run->event_count - 1 : run->event_count;
}

/* All of a run is looked at, and not only what is new of it: so states that
 * look alike are seen to go on alike as often as runs pass them. */
static void take_run(struct state_graph *graph, const struct slot *slot)
{
    struct walk walk = {.graph = graph, .run = slot->record, .printed = &slot->printed, .alive = 1};
    size_t before = graph->count;
    int32_t at;

    if (!may_be_taken(graph, walk.run))
        return;
    graph->runs++;
    take_names(graph, walk.run);
    at = enter(&walk, 0, NO_STATE);
    for (uint32_t step = 0; step < steps_known(walk.run) && graph->fault == NULL; step++) {
        int32_t from = at;

        before = graph->count;
        follow(&walk, step);
        at = step + 1 < walk.run->event_count ? enter(&walk, step + 1, from) : arrive(&walk, from);
        connect(&walk, from, at, step);
    }
    if (walk.run->ending == ENDING_STEPS && graph->count > before)
        fail(graph, "has a loop that is never where it was");
}

/* The whole ------------------------------------------------------------------------ */

static void check_outcomes(struct state_graph *graph)
{
    size_t found = 0;

    for (size_t i = 0; i < graph->count; i++)
        found += graph->states[i].outcome != NO_STATE;
    if (found < graph->all->outcomes.count)
        fail(graph, "has an outcome that no order of its steps has");
}

static const char *why_not(const struct exploration *all)
{
    if (all->stop != STOP_NOT || all->bounded)
        return "was not explored to the end";
    if (all->options->memory == MEMORY_TSO && all->plan->site_count > 0)
        return "has a data race, and no buffer says what comes of it";
    if (all->options->every_access)
        return "is explored with every access";
    return state_begin();
}

static void forget(struct state_graph *graph)
{
    for (size_t i = 0; i < graph->count; i++) {
        for (uint32_t j = 0; j < graph->states[i].edge_count; j++)
            free(graph->states[i].edges[j].step.text);
        free(graph->states[i].edges);
        free(graph->states[i].blocked);
    }
    free(graph->states);
    free(graph->fault);
    free(table);
    table = NULL;
    table_size = task_count = task_next = 0;
}

/* As rounds.c has it: begun and taken in in one order, whoever ends first. */
static bool find_states(struct state_graph *graph, size_t most)
{
    size_t first = 0, next = 0, jobs = graph->all->options->jobs;

    graph->states = grown(NULL, 0, &graph->room, sizeof *graph->states);
    graph->states[0] = (struct state_node){.from = NO_STATE};
    want(0, (struct choice){0, 0});
    for (;;) {
        while (next - first < jobs && next_task(graph, &started[next % jobs])) {
            struct slot *slot = &slots[next % jobs];

            fill_plan(graph, &started[next++ % jobs], &slot->record->plan);
            if (slot_run(slot))
                return true;
            if (graph->count == 0) /* the first says where the others begin */
                break;
        }
        if (first == next)
            break;
        slot_wait(&slots[first % jobs]);
        take_run(graph, &slots[first++ % jobs]);
        graph->is_large = graph->count > most;
        if (graph->is_large)
            fail_large(graph, most);
    }
    if (graph->fault == NULL)
        check_outcomes(graph);
    return false;
}

/*
 * The smallest graph that reaches every outcome that exploring has found. Most
 * programs have them all without wake-ups that have no cause. And a thread that
 * turns in a loop is in the same states again and again, which is all right as
 * long as no run has to end; what spin.c knows of its past makes more states of
 * it, so that is for programs that do wait in such loops.
 */
bool state_graph_explore(struct state_graph *graph, const struct exploration *all, size_t most)
{
    unsigned first = all->options->spurious > 0 ? 0 : 2;

    *graph = (struct state_graph){.all = all};
    if (why_not(all) != NULL) {
        fail(graph, why_not(all));
        return false;
    }
    for (unsigned i = 0; i < all->options->jobs; i++)
        if (!slot_open(&slots[i], i))
            abort();
    for (unsigned attempt = first; attempt < 4; attempt++) {
        forget(graph);
        *graph = (struct state_graph){.all = all,
                                      .spurious = attempt < 2 ? 0 : all->options->spurious,
                                      .turns = attempt % 2 == 0};
        if (find_states(graph, most))
            return true;
        if (graph->fault == NULL || graph->is_large) /* the next is larger still */
            break;
    }
    return false;
}
