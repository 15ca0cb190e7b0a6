#include "explore/run/growth.h"

#include <stdio.h>
#include <string.h>

#include "explore/base/large.h"
#include "explore/graph/sequence.h"
#include "explore/graph/trust.h"
#include "explore/run/growth_label.h"
#include "explore/run/races.h"
#include "explore/run/spin.h"
#include "explore/run/sprout.h"
#include "explore/world/worlds.h"

LARGE static struct graph graph;

/* What one of its children has more: that is how the run goes on. */
static struct {
    bool is_there;
    int count;
    struct event_node events[2];
    int16_t places[2]; /* of a write: behind which it stands in co */
} child;

/* What goes with an event and is not the graph's: its `mark` says where. */
LARGE static struct note {
    uint16_t choice;        /* of the plan; an update's write comes of the same */
    uint32_t step;          /* of this run, from 1 */
    uint8_t sequence, used; /* see graph_sequence(): as the plan knows, and was believed */
    struct clock head;      /* what a write releases, if it does */
} notes[EVENTS_MOST];

static int16_t noted;
static uint32_t followed; /* of the plan's choices */

/* Events ---------------------------------------------------------------------- */

static void mark(int event)
{
    if (graph.events[event].thread == NO_THREAD)
        return;
    memset(&notes[noted], 0, sizeof *notes);
    graph.events[event].mark = noted++;
}

static void mark_from(int event)
{
    for (; event < graph.count; event++)
        mark(event);
}

/* The last step's read; its write, or NO_EVENT. */
static int last_read(void)
{
    int last = graph.last[me->id];

    return graph.events[last].kind == EVENT_WRITE ? graph.events[last].before : last;
}

static int last_write(void)
{
    int last = graph.last[me->id];

    return graph.events[last].kind == EVENT_WRITE ? last : NO_EVENT;
}

uint64_t growth_read(void)
{
    return graph_read_value(&graph, last_read());
}

bool growth_writes(void)
{
    return last_write() != NO_EVENT;
}

uint64_t growth_written(void)
{
    return graph.events[last_write()].value;
}

bool growth_is_last(void)
{
    return graph.events[last_write()].next == NO_EVENT;
}

void growth_begin(void)
{
    graph_begin(&graph);
}

void growth_memory(void)
{
    worlds_add(&graph, sizeof graph);
    worlds_add(notes, sizeof notes);
}

uint32_t growth_followed(void)
{
    return followed;
}

void growth_made(unsigned thread)
{
    graph.created[thread] = graph.last[me->id];
}

/* By places in po, as numbers of events change. */
static struct waker {
    unsigned thread;
    int16_t index;
} wakers[THREADS_MOST];

void growth_woke(unsigned thread)
{
    wakers[thread] = (struct waker){me->id, graph.events[graph.last[me->id]].index};
}

int growth_waker(unsigned thread)
{
    int event = graph.last[wakers[thread].thread];

    while (event != NO_EVENT && graph.events[event].index > wakers[thread].index)
        event = graph.events[event].before;
    return event;
}

bool growth_thread_before(unsigned a, unsigned b)
{
    return graph_thread_before(&graph, a, b);
}

/* Synchronisation ------------------------------------------------------------- */

/* All that whoever acquires the write learns: of the heads of its release sequences. */
static void collect_heads(struct clock *clock, int write)
{
    while (write != NO_EVENT && graph.events[write].thread != NO_THREAD) {
        struct note *note = &notes[graph.events[write].mark];
        uint8_t count = note->sequence > 0 ? note->sequence : graph_sequence(&graph, write);
        int own = write;

        if (note->used < count)
            note->used = count;
        for (; count > 0; count--, own = graph_own_write_before(&graph, own))
            clock_join(clock, &notes[graph.events[own].mark].head);
        write =
            graph_is_update(&graph, write) ? graph.events[graph.events[write].before].rf : NO_EVENT;
    }
}

/* Has a store come between what was one sequence when somebody acquired it? Then what was
 * known to happen before does not. */
static bool has_cut_sequence(void)
{
    for (int i = 0; i < graph.count; i++)
        if (graph.events[i].kind == EVENT_WRITE && graph.events[i].thread != NO_THREAD &&
            notes[graph.events[i].mark].used > graph_sequence(&graph, i))
            return true;
    return false;
}

void growth_receive(bool acquires)
{
    struct clock learnt = {0};

    collect_heads(&learnt, graph.events[last_read()].rf);
    if (acquires)
        clock_acquire(&learnt);
    else
        clock_join(&me->acquire_fence, &learnt);
}

void growth_send(bool releases)
{
    struct note *note = &notes[graph.events[last_write()].mark];

    if (releases)
        clock_release(&note->head);
    else
        clock_join(&note->head, &me->release_fence);
}

/* Children ---------------------------------------------------------------------- */

/* The write behind which the event stands in co; NO_EVENT: it is no write. */
static int16_t place_before(const struct graph *whole, int event)
{
    int write;

    if (whole->events[event].kind != EVENT_WRITE)
        return NO_EVENT;
    write = whole->initial[whole->events[event].label.location];
    while (whole->events[write].next != event)
        write = whole->events[write].next;
    return (int16_t)write;
}

static void take_child(void *unused, const struct graph *whole, bool forward)
{
    (void)unused;
    if (forward && !child.is_there) {
        child.is_there = true;
        child.count = whole->count - graph.count;
        for (int i = 0; i < child.count; i++) {
            child.events[i] = whole->events[graph.count + i];
            child.places[i] = place_before(whole, graph.count + i);
        }
    } else if (record->sprouts != NULL) {
        sprout_leave(whole, graph.count);
    }
}

/* Following a plan ------------------------------------------------------------ */

static _Noreturn void end_diverged(const struct thread *thread)
{
    snprintf(record->fault, sizeof record->fault, "at step %u, thread %u cannot do the same",
             record->event_count + 1, thread->id);
    run_end(ENDING_DIVERGED, 0);
}

static void mark_planned(int event)
{
    mark(event);
    notes[graph.events[event].mark].choice = (uint16_t)followed;
}

static void add_planned_write(const struct thread *thread, const struct label *label, int after)
{
    int write = graph_add(&graph, thread->id, EVENT_WRITE, label);

    graph_put(&graph, write, after);
    mark_planned(write);
}

static void add_planned_read(const struct thread *thread, const struct label *label, int write)
{
    int read = graph_add(&graph, thread->id, EVENT_READ, label);
    struct label result = *label;

    graph.events[read].rf = (int16_t)write;
    mark_planned(read);
    if (!graph_writes(&graph, read))
        return;
    result.operand = label_result(label, graph.events[write].value);
    result.condition = CONDITION_NONE;
    result.awaits = result.lock = false;
    add_planned_write(thread, &result, write);
}

static void add_planned(const struct thread *thread, const struct label *label,
                        unsigned alternative)
{
    int write = NO_EVENT, event;

    if (label->kind >= LABEL_READ) {
        write = graph_write_from_end(&graph, label->location, alternative);
        if (write == NO_EVENT)
            end_diverged(thread);
    }
    if (label->kind == LABEL_WRITE) {
        add_planned_write(thread, label, write);
    } else if (label->kind >= LABEL_READ) {
        add_planned_read(thread, label, write);
    } else {
        event = graph_add(&graph, thread->id,
                          label->kind == LABEL_FENCE ? EVENT_FENCE : EVENT_OTHER, label);
        mark_planned(event);
        graph.events[event].value = alternative;
    }
}

static bool is_result(int event)
{
    return graph.events[event].kind == EVENT_WRITE &&
           graph.events[event].label.kind == LABEL_UPDATE;
}

/* When the search had added it. The plan is asked, and not the one by which a run came to a
 * mark: the beginnings of both are the same, but not the numbers of their events. */
static int stamp_of(int event)
{
    if (graph.events[event].thread == NO_THREAD)
        return -1;
    return record->plan.stamps[notes[graph.events[event].mark].choice][is_result(event)];
}

/* The plan is done: its events in the order in which the search had added them. */
static void settle_order(void)
{
    SCRATCH static int16_t order[EVENTS_MOST];
    SCRATCH static struct graph ordered;

    for (int i = 0; i < graph.count; i++) {
        int k = i;

        for (; k > 0 && stamp_of(order[k - 1]) > stamp_of(i); k--)
            order[k] = order[k - 1];
        order[k] = (int16_t)i;
    }
    graph_reorder(&ordered, &graph, order);
    graph_copy(&graph, &ordered);
}

/* Choosing -------------------------------------------------------------------- */

static bool is_ending(const struct thread *thread)
{
    enum op_kind kind = thread->request.op.kind;

    return kind == OP_END || kind == OP_FINISH || kind == OP_CRASH;
}

/* Has the thread tried to take a mutex, and waits? */
static bool waits(const struct thread *thread)
{
    int last = graph.last[thread->id];

    return last != NO_EVENT && graph_waits(&graph, last);
}

/* One that wants a mutex tries again when that is free. */
static bool can_go_on(const struct thread *thread, const struct label *label)
{
    if (waits(thread))
        return label->lock && graph.events[graph_last_write(&graph, label->location)].value == 0;
    return !spin_turns(thread) &&
           (label->awaits || thread->request.ready == NULL || thread->request.ready(thread));
}

static struct thread *next_thread(struct label *label)
{
    struct thread *best = NULL;

    for (unsigned i = 0; i < threads_used(); i++) {
        struct label other;

        if (!threads[i].alive || is_ending(&threads[i]))
            continue;
        other = growth_label(&graph, &threads[i]);
        if (can_go_on(&threads[i], &other) &&
            (best == NULL || trust_before(&graph, i, &other, best->id, label))) {
            best = &threads[i];
            *label = other;
        }
    }
    return best;
}

/* Endings come last, when nobody has anything else to do. Each of several is tried. */
static struct thread *next_ending(struct label *label)
{
    const struct trust trust = {record->plan.memory, take_child, NULL};
    struct thread *first = NULL;

    for (unsigned i = 0; i < threads_used(); i++) {
        if (!threads[i].alive || !is_ending(&threads[i]) ||
            (threads[i].request.ready != NULL && !threads[i].request.ready(&threads[i])))
            continue;
        if (first == NULL) {
            first = &threads[i];
            *label = growth_label(&graph, first);
        } else {
            struct label other = growth_label(&graph, &threads[i]);

            child.is_there = true; /* for somebody else */
            trust_extend(&trust, &graph, i, &other);
        }
    }
    return first;
}

/* Another run has to do the same, knowing what this one knows now. */
static void check_sequences(void)
{
    if (record->sprouts == NULL || !has_cut_sequence())
        return;
    sprout_leave(&graph, graph.count + 1);
    run_end(ENDING_REDUNDANT, 0);
}

/* What the others print comes before the end, or never. */
static void check_end(const struct thread *thread)
{
    struct set prefix;

    check_sequences();
    graph_prefix(&graph, thread->id, &prefix);
    for (int i = 0; i < graph.count; i++)
        if (graph.events[i].label.prints && graph.events[i].kind == EVENT_WRITE &&
            !set_has(&prefix, i))
            growth_refuse(thread->request.op.place, "an end while other threads print");
}

/* Would it see nothing new, however often it looked? */
static bool is_stuck(const struct thread *thread)
{
    int last = graph.last[thread->id];

    if (waits(thread)) /* a compare-exchange that fails without cause waits for nothing */
        return graph.events[last].label.kind != LABEL_READ && trust_is_stuck(&graph, last);
    if (!spin_turns(thread))
        return true;
    for (unsigned left = spin_turn_length(thread); left > 0 && last != NO_EVENT; left--) {
        const struct event_node *node = &graph.events[last];

        if (node->kind == EVENT_WRITE && node->label.kind == LABEL_UPDATE)
            node = &graph.events[last = node->before];
        if (node->kind == EVENT_READ &&
            graph.events[graph_last_write(&graph, node->label.location)].value !=
                graph.events[node->rf].value)
            return false;
        last = node->before;
    }
    return spin_sees_no_locks(thread);
}

/* Nobody can go on: for ever, or only as somebody does not look again. */
static _Noreturn void end_here(void)
{
    check_sequences();
    for (unsigned i = 0; i < threads_used(); i++)
        if (threads[i].alive && !is_stuck(&threads[i]))
            run_end(ENDING_REDUNDANT, 0);
    run_end_stuck();
}

static uint8_t alternative_taken(unsigned thread)
{
    int event = graph.last[thread];
    struct set others; /* than an update's own write */

    memset(&others, 0xff, sizeof others);
    if (graph.events[event].kind == EVENT_WRITE && graph.events[event].label.kind == LABEL_UPDATE) {
        set_remove(&others, event);
        event = graph.events[event].before;
    }
    return sprout_alternative(&graph, event, &others);
}

static void take_over_child(unsigned thread)
{
    int before = graph.count;

    for (int i = 0; i < child.count; i++) {
        graph.events[graph.count++] = child.events[i];
        if (child.places[i] != NO_EVENT)
            graph.events[child.places[i]].next = (int16_t)(before + i);
    }
    graph.last[thread] = (int16_t)(graph.count - 1);
    mark_from(before);
}

static _Noreturn void end_full(void)
{
    snprintf(record->fault, sizeof record->fault, "has more than %d reads, writes and other events",
             EVENTS_MOST);
    run_end(ENDING_STEPS, 0);
}

/* One event more, by the thread that is returned. */
static struct thread *grow(void)
{
    const struct trust trust = {record->plan.memory, take_child, NULL};
    struct label label;
    struct thread *thread = next_thread(&label);

    if (thread == NULL && (thread = next_ending(&label)) == NULL)
        end_here();
    if (!graph_has_room(&graph))
        end_full();
    if (is_ending(thread))
        check_end(thread);
    child.is_there = false;
    trust_extend(&trust, &graph, thread->id, &label);
    if (!child.is_there)
        run_end(ENDING_REDUNDANT, 0);
    take_over_child(thread->id);
    return thread;
}

static void note_sequence(const struct thread *thread, uint8_t kind)
{
    const struct event_node *last = &graph.events[graph.last[thread->id]];

    if (record->plan.sprouted && last->kind == EVENT_WRITE)
        notes[last->mark].sequence = (uint8_t)(kind >> KIND_BITS);
}

static struct thread *follow(uint32_t step)
{
    struct plan *plan = &record->plan;
    struct thread *thread = &threads[plan->choices[step].thread];
    struct label label;

    if (!thread->alive)
        end_diverged(thread);
    label = growth_label(&graph, thread);
    if (plan->sprouted && plan->kinds[step] % (1 << KIND_BITS) != label.kind)
        end_diverged(thread);
    add_planned(thread, &label, plan->choices[step].alternative);
    note_sequence(thread, plan->kinds[step]);
    return thread;
}

struct choice growth_choose(void)
{
    struct thread *thread;

    if (record->race_count > 0)
        run_end(ENDING_QUIET, 0);
    do {
        if (followed < record->plan.choice_count) {
            thread = follow(followed);
            followed++;
            if (followed == record->plan.choice_count && record->plan.sprouted)
                settle_order();
        } else {
            thread = grow();
        }
    } while (waits(thread));
    return (struct choice){(uint8_t)thread->id, alternative_taken(thread->id)};
}

void growth_note(struct event *event)
{
    int last = graph.last[event->thread];
    const struct event_node *node = &graph.events[last], *from;

    notes[node->mark].step = record->event_count;
    /* Whatever it would have done to what memory holds: but one that failed without
     * cause need not fail again. */
    if (node->kind == EVENT_READ && event->op.kind == OP_UPDATE && !node->label.awaits)
        event->idle = true;
    if (node->kind != EVENT_READ || node->label.call)
        return;
    from = &graph.events[node->rf];
    event->old = from->next != NO_EVENT;
    event->from = from->thread != NO_THREAD ? notes[from->mark].step : 0;
}

unsigned growth_pick(unsigned count, uintptr_t place)
{
    const struct label label = {.kind = LABEL_CHOICE,
                                .operand = count,
                                .location = 0,
                                .cause = NO_EVENT};

    step(&(const struct request){.op = {.kind = OP_CHOOSE, .place = place}, .label = &label});
    return (unsigned)graph.events[graph.last[me->id]].value;
}
