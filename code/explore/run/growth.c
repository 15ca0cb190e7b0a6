#include "explore/run/growth.h"

#include <stdio.h>
#include <string.h>

#include "explore/graph/trust.h"
#include "explore/run/growth_label.h"
#include "explore/run/races.h"
#include "explore/run/spin.h"

/* In a plan's `kinds`, above the label's kind, how long the release sequence is. */
enum { KIND_BITS = 3, SEQUENCE_MOST = 31 };

static struct graph graph;

/* What one of its children has more: that is how the run goes on. */
static struct {
    bool is_there;
    int count;
    struct event_node events[2];
    int16_t places[2]; /* of a write: behind which it stands in co */
} child;

/* What goes with an event and is not the graph's: its `mark` says where. */
static struct note {
    int16_t stamp;          /* in a plan: when the search had added it */
    uint32_t step;          /* of this run, from 1 */
    uint8_t sequence, used; /* see sequence_of(): as the plan knows, and was believed */
    struct clock head;      /* what a write releases, if it does */
} notes[EVENTS_MOST];

static int16_t noted;

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

static bool is_update(const struct graph *whole, int write)
{
    return whole->events[write].label.kind == LABEL_UPDATE;
}

/* Are all writes between the two, of one thread, updates or its own? */
static bool is_one_sequence(const struct graph *whole, int first, int last)
{
    int write = whole->events[first].next;

    while (write != NO_EVENT && write != last &&
           (is_update(whole, write) || whole->events[write].thread == whole->events[last].thread))
        write = whole->events[write].next;
    return write == last;
}

static int own_write_before(const struct graph *whole, int write)
{
    int before = whole->events[write].before;

    while (before != NO_EVENT &&
           (whole->events[before].kind != EVENT_WRITE ||
            whole->events[before].label.location != whole->events[write].label.location))
        before = whole->events[before].before;
    return before;
}

/*
 * How many of its own thread's writes up to this one are in one release sequence with it.
 * C17's are cut by a store of another thread (5.1.2.4p10). RC11's are not, and by them
 * graphs are consistent; so more races are found than RC11 alone has.
 */
static uint8_t sequence_of(const struct graph *whole, int write)
{
    uint8_t count = 1;

    for (int own = write;
         (own = own_write_before(whole, own)) != NO_EVENT && count < SEQUENCE_MOST;)
        if (is_one_sequence(whole, own, write))
            count++;
        else
            break;
    return count;
}

/* All that whoever acquires the write learns: of the heads of its release sequences. */
static void collect_heads(struct clock *clock, int write)
{
    while (write != NO_EVENT && graph.events[write].thread != NO_THREAD) {
        struct note *note = &notes[graph.events[write].mark];
        uint8_t count = note->sequence > 0 ? note->sequence : sequence_of(&graph, write);
        int own = write;

        if (note->used < count)
            note->used = count;
        for (; count > 0; count--, own = own_write_before(&graph, own))
            clock_join(clock, &notes[graph.events[own].mark].head);
        write = is_update(&graph, write) ? graph.events[graph.events[write].before].rf : NO_EVENT;
    }
}

/* Has a store come between what was one sequence when somebody acquired it? Then what was
 * known to happen before does not. */
static bool has_cut_sequence(void)
{
    for (int i = 0; i < graph.count; i++)
        if (graph.events[i].kind == EVENT_WRITE && graph.events[i].thread != NO_THREAD &&
            notes[graph.events[i].mark].used > sequence_of(&graph, i))
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

/* Leaving plans behind -------------------------------------------------------- */

/* How many writes of those laid already stand behind `write` in co. */
static uint8_t places_behind(const struct graph *whole, int write, const struct set *laid,
                             uintptr_t place)
{
    unsigned places = 0;

    while ((write = whole->events[write].next) != NO_EVENT)
        places += set_has(laid, write);
    if (places > UINT8_MAX)
        run_refuse(place, "writes one atomic more than %d times", UINT8_MAX);
    return (uint8_t)places;
}

static uint8_t alternative_of(const struct graph *whole, int event, const struct set *laid)
{
    const struct event_node *node = &whole->events[event];

    if (node->kind == EVENT_READ)
        return places_behind(whole, node->rf, laid, 0);
    if (node->kind == EVENT_WRITE && node->label.kind != LABEL_UPDATE)
        return places_behind(whole, event, laid, 0);
    return node->label.kind == LABEL_CHOICE ? (uint8_t)node->value : 0;
}

/* Threads get their numbers in the order in which they are made. */
static void number_threads(const struct graph *whole, const int16_t order[],
                           uint8_t numbers[THREADS_MOST])
{
    uint8_t count = 1;

    numbers[0] = 0;
    for (int i = 0; i < whole->count; i++)
        for (unsigned thread = 1; thread < THREADS_MOST; thread++)
            if (whole->created[thread] == order[i])
                numbers[thread] = count++;
}

static void append(const struct sprout_step *step)
{
    struct sprouts *sprouts = record->sprouts;

    if (sprouts->used == SPROUT_STEPS)
        run_refuse(0, "has too many ways to go on in one run");
    sprouts->steps[sprouts->used++] = *step;
}

/* The halves of an update are one step; initial writes are none. */
static void leave(const struct graph *whole)
{
    static int16_t order[EVENTS_MOST];
    uint8_t numbers[THREADS_MOST];
    struct set laid = {0};
    uint32_t begin = record->sprouts->used;

    graph_schedule(whole, order);
    number_threads(whole, order, numbers);
    append(&(const struct sprout_step){0});
    for (int i = 0; i < whole->count; i++) {
        const struct event_node *node = &whole->events[order[i]];
        struct sprout_step step = {.stamps = {(uint16_t)order[i], 0}};

        if (node->thread != NO_THREAD) {
            step.thread = numbers[node->thread];
            step.alternative = alternative_of(whole, order[i], &laid);
            step.kind = (uint8_t)node->label.kind;
        }
        set_add(&laid, order[i]);
        if (node->kind == EVENT_READ && graph_writes(whole, order[i])) {
            step.stamps[1] = (uint16_t)order[++i];
            set_add(&laid, order[i]);
        }
        if (node->thread != NO_THREAD && whole->events[order[i]].kind == EVENT_WRITE)
            step.kind |= (uint8_t)(sequence_of(whole, order[i]) << KIND_BITS);
        if (node->thread != NO_THREAD)
            append(&step);
    }
    record->sprouts->steps[begin].stamps[0] = (uint16_t)(record->sprouts->used - begin - 1);
}

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
        leave(whole);
    }
}

/* Following a plan ------------------------------------------------------------ */

static _Noreturn void end_diverged(const struct thread *thread)
{
    snprintf(record->fault, sizeof record->fault, "at step %u, thread %u cannot do the same",
             record->event_count + 1, thread->id);
    run_end(ENDING_DIVERGED, 0);
}

static void add_planned_write(const struct thread *thread, const struct label *label, int after,
                              int16_t stamp)
{
    int write = graph_add(&graph, thread->id, EVENT_WRITE, label);

    graph_put(&graph, write, after);
    mark(write);
    notes[graph.events[write].mark].stamp = stamp;
}

static void add_planned_read(const struct thread *thread, const struct label *label, int write,
                             const uint16_t stamps[2])
{
    int read = graph_add(&graph, thread->id, EVENT_READ, label);
    struct label result = *label;

    graph.events[read].rf = (int16_t)write;
    mark(read);
    notes[graph.events[read].mark].stamp = (int16_t)stamps[0];
    if (!graph_writes(&graph, read))
        return;
    result.operand = label_result(label, graph.events[write].value);
    result.condition = CONDITION_NONE;
    result.awaits = result.lock = false;
    add_planned_write(thread, &result, write, (int16_t)stamps[1]);
}

static void add_planned(const struct thread *thread, const struct label *label,
                        unsigned alternative, const uint16_t stamps[2])
{
    int write = NO_EVENT, event;

    if (label->kind >= LABEL_READ) {
        write = graph_write_from_end(&graph, label->location, alternative);
        if (write == NO_EVENT)
            end_diverged(thread);
    }
    if (label->kind == LABEL_WRITE) {
        add_planned_write(thread, label, write, (int16_t)stamps[0]);
    } else if (label->kind >= LABEL_READ) {
        add_planned_read(thread, label, write, stamps);
    } else {
        event = graph_add(&graph, thread->id,
                          label->kind == LABEL_FENCE ? EVENT_FENCE : EVENT_OTHER, label);
        mark(event);
        graph.events[event].value = alternative;
        notes[graph.events[event].mark].stamp = (int16_t)stamps[0];
    }
}

static int stamp_of(int event)
{
    return graph.events[event].thread == NO_THREAD ? -1 : notes[graph.events[event].mark].stamp;
}

/* The plan is done: its events in the order in which the search had added them. */
static void settle_order(void)
{
    static int16_t order[EVENTS_MOST];
    static struct graph ordered;

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

    for (unsigned i = 0; i < THREADS_MOST; i++) {
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

    for (unsigned i = 0; i < THREADS_MOST; i++) {
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
    leave(&graph);
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
    for (unsigned i = 0; i < THREADS_MOST; i++)
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
    return alternative_of(&graph, event, &others);
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

/* One event more, by the thread that is returned. */
static struct thread *grow(void)
{
    const struct trust trust = {record->plan.memory, take_child, NULL};
    struct label label;
    struct thread *thread = next_thread(&label);

    if (thread == NULL && (thread = next_ending(&label)) == NULL)
        end_here();
    if (!graph_has_room(&graph))
        run_end(ENDING_STEPS, 0);
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
    add_planned(thread, &label, plan->choices[step].alternative,
                plan->sprouted ? plan->stamps[step] : (const uint16_t[2]){0, 0});
    note_sequence(thread, plan->kinds[step]);
    return thread;
}

struct choice growth_choose(void)
{
    static uint32_t followed;
    struct thread *thread;

    if (record->race_count > 0)
        run_end(ENDING_QUIET, 0);
    do {
        if (followed < record->plan.choice_count) {
            thread = follow(followed++);
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
