/*
 * For each step e of the run, in order: which earlier steps by other threads
 * does it depend on? Of those, a race is a step f that
 *   - did not happen before what e's thread knew when it asked for e,
 *   - did not make e possible, and was not done in a state in which e would
 *     have had to wait (then there is no other way round: see is_in_vain()), and
 *   - did not happen before another such step.
 * To reverse it, the state before f must go on with one of the threads that
 * can begin `v`: all steps after f that do not depend on f, then e. Those are
 * v's initials (Abdulla et al., definition 3.3 and algorithm 1).
 */
#include "explore/search/analysis.h"

#include <stdlib.h>
#include <string.h>

#include "explore/world/memory.h"

enum { NO_STEP = -1, BUCKETS = 1 << 12 };

/* Who touched one granule of memory or one object, in order. */
struct visit {
    int step;       /* an event's number */
    unsigned touch; /* which of its touches */
    int earlier;    /* the visit before, or NO_STEP */
    int place;
};

struct place {
    uintptr_t granule;
    int last; /* visit */
    int next; /* place in the same bucket */
};

struct analysis {
    struct search *search;
    const struct record *run;
    unsigned step_count;                      /* that are in what follows */
    uint32_t (*clocks)[THREADS_MOST];         /* of each event, itself included */
    uint32_t now[THREADS_MOST][THREADS_MOST]; /* what each thread knows */
    int last_of[THREADS_MOST];                /* its latest event */
    struct visit *visits;
    struct place *places;
    unsigned visit_count, place_count, visit_room, place_room;
    int buckets[BUCKETS];
    struct {
        unsigned visits, places;
    } * before; /* each step: how many there were */
};

KEPT static struct analysis state; /* so that its memory is used again */

/* Visits ---------------------------------------------------------------------- */

static uintptr_t granule_of(uintptr_t address)
{
    return address / 8;
}

static void *grown(void *old, unsigned *room, size_t size)
{
    void *memory;

    *room = *room > 0 ? 2 * *room : 1024;
    memory = realloc(old, *room * size);
    if (memory == NULL)
        abort();
    return memory;
}

static int *bucket_of(uintptr_t granule)
{
    return &state.buckets[(granule * 0x9e3779b97f4a7c15u >> 40) % BUCKETS];
}

static struct place *place_at(uintptr_t granule)
{
    int *bucket = bucket_of(granule);

    for (int i = *bucket; i != NO_STEP; i = state.places[i].next)
        if (state.places[i].granule == granule)
            return &state.places[i];
    if (state.place_count == state.place_room)
        state.places = grown(state.places, &state.place_room, sizeof *state.places);
    state.places[state.place_count] = (struct place){granule, NO_STEP, *bucket};
    *bucket = (int)state.place_count;
    return &state.places[state.place_count++];
}

static void visit_add(uintptr_t granule, unsigned step, unsigned touch)
{
    struct place *place = place_at(granule);

    if (state.visit_count == state.visit_room)
        state.visits = grown(state.visits, &state.visit_room, sizeof *state.visits);
    state.visits[state.visit_count] =
        (struct visit){(int)step, touch, place->last, (int)(place - state.places)};
    place->last = (int)state.visit_count++;
}

/* Down to so many, in the other order than they came. */
static void visits_forget(unsigned visits, unsigned places)
{
    while (state.visit_count > visits) {
        const struct visit *visit = &state.visits[--state.visit_count];

        state.places[visit->place].last = visit->earlier;
    }
    while (state.place_count > places) {
        const struct place *place = &state.places[--state.place_count];

        *bucket_of(place->granule) = place->next;
    }
}

static void visits_add(const struct op *op, unsigned step)
{
    for (unsigned i = 0; i < OP_TOUCHES; i++) {
        const struct touch *touch = &op->touches[i];

        if (touch->mode == TOUCH_NONE)
            continue;
        for (uintptr_t granule = granule_of(touch->at);
             granule <= granule_of(touch->at + touch->size - 1); granule++)
            visit_add(granule, step, i);
    }
}

/* Happens before -------------------------------------------------------------- */

static const struct event *event_at(unsigned step)
{
    return &state.run->events[step];
}

static uint32_t tick_of(unsigned step)
{
    return state.clocks[step][event_at(step)->thread];
}

/* Did `step` happen before what `clock` stands for? */
static bool before(unsigned step, const uint32_t *clock)
{
    return tick_of(step) <= clock[event_at(step)->thread];
}

static void join(uint32_t *clock, const uint32_t *other)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (clock[i] < other[i])
            clock[i] = other[i];
}

/* Initials -------------------------------------------------------------------- */

/* What is known of v while it is read from its beginning. */
struct sequence {
    uint32_t first[THREADS_MOST]; /* tick of each thread's first step in it, or 0 */
    thread_set initials;
};

static void sequence_add(struct sequence *v, unsigned thread, const uint32_t *clock)
{
    bool begins = v->first[thread] == 0;

    for (unsigned i = 0; i < THREADS_MOST && begins; i++)
        if (i != thread && v->first[i] != 0 && v->first[i] <= clock[i])
            begins = false;
    if (v->first[thread] != 0)
        return;
    v->first[thread] = clock[thread];
    if (begins)
        v->initials |= (thread_set)1 << thread;
}

/* Step `first` races with a step of `thread` that comes right after `end`
 * events and has this clock, itself included. */
static void reverse(unsigned first, unsigned end, unsigned thread, const uint32_t *clock)
{
    struct sequence v = {0};

    for (unsigned i = first + 1; i < end; i++)
        if (!before(first, state.clocks[i]))
            sequence_add(&v, event_at(i)->thread, state.clocks[i]);
    sequence_add(&v, thread, clock);
    search_want(state.search, first, v.initials, thread);
}

/* Races ----------------------------------------------------------------------- */

/* A step, or what a thread would have done next. */
struct asked {
    const struct op *op;
    unsigned thread;
    unsigned end;                 /* comes right after so many events */
    const uint32_t *known;        /* what its thread knew */
    uint32_t clock[THREADS_MOST]; /* ... and what this step knows */
    int rivals[THREADS_MOST];     /* the latest of each thread, or NO_STEP */
};

static void forget_rivals(struct asked *asked)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        asked->rivals[i] = NO_STEP;
}

/* Did `first` make the step possible? Then there is no other way round. */
static bool made_possible(const struct event *first, const struct op *op)
{
    return op_enables(&first->op, op) || (first->enabling && (op_awaits(op->kind, first->op.kind) ||
                                                              op_awaits_stream(op, &first->op)));
}

static bool covers(const struct touch *a, const struct touch *b)
{
    return a->mode == TOUCH_CHANGE && a->at <= b->at && b->at + b->size <= a->at + a->size;
}

/*
 * Would the step have had to wait right before `first`, as what it waits for was
 * taken, empty or asked for? Nothing that could have let it go on commutes with
 * `first`, which changes the same thing (or failed to read-lock what a writer
 * had): so it cannot come there; before what came earlier, perhaps.
 */
static bool is_in_vain(const struct event *first, const struct op *op)
{
    const enum op_kind kind = first->op.kind;

    switch (op->kind) {
    case OP_LOCK:
        return (first->failed && (kind == OP_TRYLOCK || kind == OP_TIMEDLOCK)) ||
               (first->shut & SHUT_WRITE) != 0;
    case OP_RDLOCK:
        return (first->shut & SHUT_READ) != 0;
    case OP_WRLOCK:
        return (first->shut & SHUT_WRITE) != 0;
    case OP_SEM_WAIT:
        return (first->failed && (kind == OP_SEM_TRYWAIT || kind == OP_SEM_TIMEDWAIT)) ||
               (kind == OP_SEM_VALUE && first->value == 0);
    case OP_RECEIVE:
        return first->failed && kind == OP_TRYRECEIVE;
    case OP_SEND:
        return first->failed && kind == OP_TRYSEND;
    default:
        return false;
    }
}

static bool has_no_other_way(const struct event *first, const struct op *op)
{
    return made_possible(first, op) || is_in_vain(first, op);
}

/* Whether what waits could have come before a look at several things at once, or
 * before a descriptor was closed or changed, that does not tell: it is tried, and what
 * is behind it as well. */
static bool may_be_in_vain(const struct event *first, const struct op *op)
{
    const enum op_kind kind = first->op.kind;

    return (kind == OP_POLL || kind == OP_CLOSE || kind == OP_CHANGE) &&
           (op->kind == OP_RECEIVE || op->kind == OP_SEND);
}

/* A thread's steps happen one before the other: one of each is enough. */
static void consider(unsigned first, struct asked *asked)
{
    const struct event *event = event_at(first);
    int *rival = &asked->rivals[event->thread];

    if (*rival < (int)first && !before(first, asked->known) &&
        !has_no_other_way(event, asked->op) && !may_be_in_vain(event, asked->op))
        *rival = (int)first;
}

/* ... unless it happened before another's. */
static bool is_rival(const struct asked *asked, int first)
{
    if (first == NO_STEP)
        return false;
    for (unsigned i = 0; i < THREADS_MOST; i++) {
        int other = asked->rivals[i];

        if (other != NO_STEP && other != first && before((unsigned)first, state.clocks[other]))
            return false;
    }
    return true;
}

/* Walk back through whoever touched it. A change of all of it has everything
 * earlier behind it; but where it only made this step possible, whoever took
 * the thing before may be a rival. */
static void meet(struct asked *asked, const struct touch *touch, uintptr_t granule, bool race)
{
    for (int i = place_at(granule)->last; i != NO_STEP; i = state.visits[i].earlier) {
        unsigned step = (unsigned)state.visits[i].step;
        const struct event *event = event_at(step);
        const struct touch *other = &event->op.touches[state.visits[i].touch];

        if (!touch_conflict(other, touch))
            continue;
        if (race)
            consider(step, asked);
        join(asked->clock, state.clocks[step]);
        if (covers(other, touch) &&
            (before(step, asked->known) ||
             (!has_no_other_way(event, asked->op) && !may_be_in_vain(event, asked->op))))
            break;
    }
}

static void meet_all(struct asked *asked, bool race)
{
    for (unsigned i = 0; i < OP_TOUCHES; i++) {
        const struct touch *touch = &asked->op->touches[i];

        if (touch->mode == TOUCH_NONE)
            continue;
        for (uintptr_t granule = granule_of(touch->at);
             granule <= granule_of(touch->at + touch->size - 1); granule++)
            meet(asked, touch, granule, race);
    }
}

/* The end of the process depends on everything. */
static void meet_everybody(struct asked *asked)
{
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (state.last_of[i] != NO_STEP)
            consider((unsigned)state.last_of[i], asked);
}

/* Those are no rivals that would hide others: each is reversed for itself. */
static void find_looks(const struct asked *asked)
{
    if (asked->op->kind != OP_RECEIVE && asked->op->kind != OP_SEND)
        return;
    for (unsigned i = 0; i < asked->end; i++)
        if (may_be_in_vain(event_at(i), asked->op) && op_dependent(&event_at(i)->op, asked->op) &&
            event_at(i)->thread != asked->thread && !before(i, asked->known))
            reverse(i, asked->end, asked->thread, asked->clock);
}

static void find_races(struct asked *asked, bool race)
{
    memcpy(asked->clock, asked->known, sizeof asked->clock);
    forget_rivals(asked);
    if (race && (asked->op->kind == OP_END || asked->op->kind == OP_CRASH))
        meet_everybody(asked);
    meet_all(asked, race);
    asked->clock[asked->thread]++;
    for (unsigned i = 0; i < THREADS_MOST; i++)
        if (is_rival(asked, asked->rivals[i]))
            reverse((unsigned)asked->rivals[i], asked->end, asked->thread, asked->clock);
    if (race)
        find_looks(asked);
}

/* What the threads know when the step is done. */
static void pass(unsigned step)
{
    const struct event *event = event_at(step);
    const uint32_t *clock = state.clocks[step];

    memcpy(state.now[event->thread], clock, sizeof *state.clocks);
    for (thread_set left = event->wakes; left != 0; left &= left - 1)
        join(state.now[__builtin_ctz(left)], clock);
    state.last_of[event->thread] = (int)step;
}

static void take_event(unsigned step, bool race)
{
    const struct event *event = event_at(step);
    struct asked asked = {
        .op = &event->op,
        .thread = event->thread,
        .end = step,
        .known = state.now[event->thread],
    };

    find_races(&asked, race);
    memcpy(state.clocks[step], asked.clock, sizeof asked.clock);
    pass(step);
    state.before[step].visits = state.visit_count;
    state.before[step].places = state.place_count;
    visits_add(&event->op, step);
}

static bool has_ended_all(enum ending ending)
{
    return ending == ENDING_EXIT || ending == ENDING_SIGNAL || ending == ENDING_UNKNOWN ||
           ending == ENDING_MISUSE;
}

/* What a thread would have done next: in a deadlock, what it waits for. A
 * wait for a signal is none of that: its OP_WAIT has been looked at.
 *
 * Where a run was cut, whoever sleeps has been looked at with the run that made it
 * sleep; but who waits for what another has, does not sleep: that it could have come
 * before the other, no other run need show, as this is the only one to go this way. */
static void take_leftover(const struct record *run, unsigned thread)
{
    const struct leftover *leftover = &run->leftovers[thread];
    struct asked asked = {
        .op = &leftover->pending,
        .thread = thread,
        .end = run->event_count,
        .known = state.now[thread],
    };
    bool waits = leftover->pending.kind == OP_RESUME || leftover->pending.kind == OP_FUTEX_RESUME;
    bool taken = has_ended_all(run->ending) && thread == event_at(run->event_count - 1)->thread;
    bool sleeps = run->ending == ENDING_REDUNDANT && leftover->ready;

    if (leftover->alive && (leftover->ready || !waits) && !taken && !sleeps)
        find_races(&asked, true);
}

/* Whoever could go on before the process ended could have done so. */
static void take_end(struct search *search, const struct record *run)
{
    unsigned last = run->event_count - 1;
    thread_set others = event_at(last)->enabled & ~((thread_set)1 << event_at(last)->thread);

    for (unsigned i = 0; i < THREADS_MOST; i++)
        if ((others >> i & 1) != 0)
            search_want(search, last, (thread_set)1 << i, i);
}

static void make_room(void)
{
    state.clocks = malloc(STEPS_MOST * sizeof *state.clocks);
    state.before = malloc(STEPS_MOST * sizeof *state.before);
    if (state.clocks == NULL || state.before == NULL)
        abort();
    memset(state.buckets, 0xff, sizeof state.buckets);
}

/* All but the first `known` steps, and the last one's `before` is not there yet. */
static void forget(unsigned known, unsigned all)
{
    if (known == 0)
        visits_forget(0, 0);
    else if (known < all)
        visits_forget(state.before[known].visits, state.before[known].places);
}

/* Of the last run's steps the first `known` are this one's. */
static void reset(struct search *search, const struct record *run, unsigned known)
{
    if (state.clocks == NULL)
        make_room();
    forget(known, state.step_count);
    state.search = search;
    state.run = run;
    state.step_count = run->event_count;
    memset(state.now, 0, sizeof state.now);
    for (unsigned i = 0; i < THREADS_MOST; i++)
        state.last_of[i] = NO_STEP;
    for (unsigned i = 0; i < known; i++)
        pass(i);
}

void analyse(struct search *search, const struct record *run, unsigned from)
{
    unsigned known = state.search == search ? search->analysed : 0;

    reset(search, run, known);
    for (unsigned i = known; i < run->event_count; i++)
        take_event(i, i >= from);
    if (run->event_count == 0)
        return;
    for (unsigned i = 0; i < run->thread_count; i++)
        take_leftover(run, i);
    if (has_ended_all(run->ending))
        take_end(search, run);
}
