#include "explore/run/spin.h"

#include <string.h>

#include "explore/base/large.h"
#include "explore/run/frames.h"
#include "explore/run/growth.h"
#include "explore/run/object.h"
#include "explore/world/worlds.h"

enum {
    LOOKS_MOST = 64, /* steps of one turn */
    STACKS_ROOM = 1 << 16,
    QUIET = 1 << 14, /* accesses without a step before we look */
    NONE = -1
};

/* One step of a loop's turn, perhaps. */
struct look {
    struct op op;
    size_t at, size;     /* the thread's stack when it asked, in `stacks`; 0: unknown */
    bool taken, changed; /* changed: what it looked at, since then */
    bool again;          /* the thread has been just there before */
};

/* What is mostly used lies together, on one page. */
struct spinner {
    struct look looks[LOOKS_MOST]; /* since it last changed anything; from behind: look_of() */
    unsigned count;                /* the last of them is what it asks for */
    int turn;                      /* where its latest turn began, or NONE */
    unsigned writes;               /* the thread's, at the first of them */
    uint32_t step;                 /* its last step */
    uint32_t quiet;                /* accesses since then */
    uint32_t milestone;            /* the next one (Brent's cycle detection) */
    uintptr_t place;               /* of the access at the last milestone */
    uint64_t state;                /* ... and the thread's state */
    unsigned quiet_writes;
    bool collecting;
    size_t stacks_size;
    char stacks[STACKS_ROOM]; /* at each of the looks */
} __attribute__((aligned(4096)));

LARGE static struct spinner spinners[THREADS_MOST];

static const struct look *look_of(const struct spinner *spinner, unsigned i)
{
    return &spinner->looks[LOOKS_MOST - 1 - i];
}

static struct look *look_in(struct spinner *spinner, unsigned i)
{
    return &spinner->looks[LOOKS_MOST - 1 - i];
}

/* Asked anew at every step, and not once when the thread asks: so it makes no
 * difference whether the change or the thread's question came first, and
 * equivalent schedules remain equivalent. */
bool spin_waits(const struct thread *thread)
{
    const struct spinner *spinner = &spinners[thread->id];

    if (spinner->count == 0 || spinner->turn == NONE || record->plan.turns)
        return false;
    for (unsigned i = (unsigned)spinner->turn; i + 1 < spinner->count; i++)
        if (look_of(spinner, i)->changed)
            return false;
    return true;
}

bool spin_turns(const struct thread *thread)
{
    return spinners[thread->id].count > 0 && spinners[thread->id].turn != NONE;
}

unsigned spin_turn_length(const struct thread *thread)
{
    const struct spinner *spinner = &spinners[thread->id];

    return spinner->count - 1 - (unsigned)spinner->turn;
}

bool spin_sees_no_locks(const struct thread *thread)
{
    const struct spinner *spinner = &spinners[thread->id];

    for (unsigned i = (unsigned)spinner->turn; i + 1 < spinner->count; i++) {
        const struct look *look = look_of(spinner, i);

        if (look->changed && look->op.kind != OP_READ && look->op.kind != OP_WRITE &&
            look->op.kind != OP_UPDATE)
            return false;
    }
    return true;
}

/* The thread's state ------------------------------------------------------------- */

/* A number for all that the program's functions have on the stack; 0: unknown.
 * Two states may share it: good enough to guess that a loop turns. */
static uint64_t state_at(uintptr_t place)
{
    const char *frame = frame_of(place), *stack = me->stack;
    uint64_t state = (uint64_t)(uintptr_t)frame, word;

    if (frame == NULL || stack < frame)
        return 0;
    for (; frame + sizeof word <= stack; frame += sizeof word) {
        memcpy(&word, frame, sizeof word);
        state = (state ^ word) * 0x9e3779b97f4a7c15u;
        state ^= state >> 29;
    }
    return state | 1;
}

/* Looking ------------------------------------------------------------------------ */

static bool is_lock(enum op_kind kind)
{
    return kind == OP_LOCK || kind == OP_UNLOCK || kind == OP_RDLOCK || kind == OP_WRLOCK ||
           kind == OP_RWUNLOCK;
}

/* Has the step changed something for others? A mutex that is locked and
 * unlocked again is as it was. */
static bool has_changed(const struct event *event)
{
    switch (event->op.kind) {
    case OP_LOCK:
    case OP_UNLOCK:
    case OP_TRYLOCK:
    case OP_TIMEDLOCK:
    case OP_RDLOCK:
    case OP_WRLOCK:
    case OP_TRYRDLOCK:
    case OP_TRYWRLOCK:
    case OP_RWUNLOCK:
    case OP_READ:
    case OP_SEM_VALUE:
    case OP_ONCE:
    case OP_FENCE:
    case OP_CHOOSE:
    case OP_RELEASE:
    case OP_YIELD:
    case OP_SLEEP:
    case OP_WAIT:
    case OP_POLL:
    case OP_TESTCANCEL:
        return false;
    case OP_WRITE:
    case OP_UPDATE:
    case OP_FLUSH:
        return !event->idle;
    case OP_TRYJOIN:
    case OP_TIMEDJOIN:
    case OP_SEM_TRYWAIT:
    case OP_SEM_TIMEDWAIT:
    case OP_TRYRECEIVE:
    case OP_TRYSEND:
    case OP_RESUME:
    case OP_FUTEX_WAIT:
    case OP_FUTEX_RESUME:
        return !event->failed;
    default:
        return true;
    }
}

static void forget(struct spinner *spinner)
{
    spinner->count = 0;
    spinner->stacks_size = 0;
    spinner->turn = NONE;
    spinner->writes = me->writes;
}

/* All that the program's functions have on the stack; equally long stacks end
 * at the same address. */
static void keep_stack(struct spinner *spinner, struct look *look)
{
    const char *frame = frame_of(look->op.place), *stack = me->stack;
    size_t size = frame != NULL && frame < stack ? (size_t)(stack - frame) : 0;

    if (size > STACKS_ROOM)
        size = 0;
    if (spinner->stacks_size + size > STACKS_ROOM)
        forget(spinner);
    look->at = spinner->stacks_size;
    look->size = size;
    memcpy(spinner->stacks + look->at, frame, size);
    spinner->stacks_size += size;
}

/* What the last step was is known only now. */
static void close_last(struct spinner *spinner)
{
    const struct event *event = &record->events[spinner->step];

    if (spinner->count == 0)
        return;
    if (has_changed(event) || spinner->writes != me->writes)
        forget(spinner);
}

static bool same_look(const struct spinner *spinner, const struct look *a, const struct look *b)
{
    return a->size > 0 && a->size == b->size && a->op.kind == b->op.kind &&
           a->op.place == b->op.place && a->op.touches[0].at == b->op.touches[0].at &&
           memcmp(spinner->stacks + a->at, spinner->stacks + b->at, a->size) == 0;
}

/* Does the thread hold a lock that its next turn would give up? Then it must
 * not stop here: others may need the lock. */
static bool holds_up(const struct spinner *spinner)
{
    for (unsigned i = (unsigned)spinner->turn; i < spinner->count; i++) {
        const struct op *op = &look_of(spinner, i)->op;
        const void *at = (const void *)op->touches[op->kind == OP_WAIT ? 1 : 0].at;

        if ((op->kind == OP_UNLOCK || op->kind == OP_WAIT) &&
            object_at(at, OBJECT_MUTEX)->owner == (int)me->id)
            return true;
        if (op->kind == OP_RWUNLOCK && (object_at(at, OBJECT_RWLOCK)->owner == (int)me->id ||
                                        object_at(at, OBJECT_RWLOCK)->holds[me->id] > 0))
            return true;
    }
    return false;
}

/* When was the thread here before, in the same state? */
static int last_time(const struct spinner *spinner, const struct look *now)
{
    for (unsigned i = spinner->count; i-- > 0;)
        if (same_look(spinner, look_of(spinner, i), now))
            return (int)i;
    return NONE;
}

void spin_ask(const struct op *op)
{
    struct spinner *spinner = &spinners[me->id];
    struct look look = {.op = *op};

    close_last(spinner);
    spinner->quiet = 0;
    if (spinner->count == LOOKS_MOST)
        forget(spinner);
    keep_stack(spinner, &look);
    spinner->turn = last_time(spinner, &look);
    look.again = spinner->turn != NONE;
    if (look.again && (op->kind == OP_RELEASE || holds_up(spinner)))
        spinner->turn = NONE;
    *look_in(spinner, spinner->count++) = look;
}

/* What the thread has looked at since it changed anything. */
uint64_t spin_state(const struct thread *thread)
{
    const struct spinner *spinner = &spinners[thread->id];
    uint64_t state = 0;

    for (unsigned i = 0; i < spinner->count && !record->plan.turns; i++) {
        const struct look *look = look_of(spinner, i);

        state = (state ^ look->op.place ^ (uint64_t)look->op.kind << 48) * 0x9e3779b97f4a7c15u;
        state = (state ^ look->op.touches[0].at ^ (uint64_t)look->changed << 56 ^
                 (uint64_t)look->taken << 57 ^ (uint64_t)look->again << 58) *
                0x9e3779b97f4a7c15u;
        for (unsigned t = 0; t < OP_TOUCHES; t++)
            state = (state ^ look->op.touches[t].at ^ (uint64_t)look->op.touches[t].mode << 56) *
                    0x9e3779b97f4a7c15u;
        for (size_t at = 0; at < look->size; at++)
            state = (state ^ (uint8_t)spinner->stacks[look->at + at]) * 0x100000001b3u;
        state ^= state >> 29;
    }
    return state;
}

/* Noticing ----------------------------------------------------------------------- */

/* Does the thread give up a lock in a turn like the last, having left alone
 * what the lock protects? A graph's threads take no turn twice. */
static bool is_clean(const struct thread *thread, const struct op *op)
{
    bool mutex = op->kind == OP_UNLOCK || op->kind == OP_WAIT;
    unsigned touch = op->kind == OP_WAIT ? 1 : 0;
    const struct object *object =
        object_at((const void *)op->touches[touch].at, mutex ? OBJECT_MUTEX : OBJECT_RWLOCK);

    return object->writes_before == thread->writes &&
           (growth_is_on() ||
            look_of(&spinners[thread->id], spinners[thread->id].count - 1)->again);
}

/* Two threads that look, each with the lock, show each other nothing new. */
static bool may_change(const struct thread *thread, const struct op *op, const struct look *look)
{
    if (!op_dependent(op, &look->op))
        return false;
    if (!is_lock(look->op.kind) && look->op.kind != OP_WAIT)
        return true;
    switch (op->kind) {
    case OP_UNLOCK:
    case OP_WAIT:
        return !is_clean(thread, op);
    case OP_RWUNLOCK:
        return op->touches[0].mode == TOUCH_CHANGE && !is_clean(thread, op);
    default:
        return !is_lock(op->kind) && op->kind != OP_TRYLOCK && op->kind != OP_TIMEDLOCK &&
               op->kind != OP_TRYRDLOCK && op->kind != OP_TRYWRLOCK;
    }
}

/* Another thread sees what the step may have changed, and turns once more. That
 * is no order between the two: some other change may do as well, so what
 * orders them is what the thread then looks at. */
static void tell(struct spinner *spinner, const struct thread *thread, const struct event *event)
{
    for (unsigned i = 0; i < spinner->count && !event->idle; i++)
        if (look_of(spinner, i)->taken && may_change(thread, &event->op, look_of(spinner, i)))
            look_in(spinner, i)->changed = true;
}

void spin_notice(const struct thread *thread, const struct event *event)
{
    struct spinner *spinner = &spinners[thread->id];

    if (spinner->count > 0 && event->op.kind != OP_FLUSH) {
        struct look *last = look_in(spinner, spinner->count - 1);

        last->taken = true; /* an update may have come to no more than a look */
        last->op.touches[0].mode = event->op.touches[0].mode;
    }
    spinner->step = (uint32_t)(event - record->events);
    for (unsigned i = 0; i < threads_used(); i++)
        if (i != thread->id && threads[i].alive)
            tell(&spinners[i], thread, event);
}

/* Loops without steps -------------------------------------------------------------- */

/* One more turn, to collect its places. */
static void collect(struct spinner *spinner, uintptr_t place)
{
    if (place == spinner->place && record->site_count > 0)
        run_end(ENDING_QUIET, 0);
    for (uint32_t i = 0; i < record->site_count; i++)
        if (record->sites[i] == place)
            return;
    if (record->site_count < QUIET_SITES_MOST)
        record->sites[record->site_count++] = place;
}

void spin_quiet(uintptr_t place)
{
    struct spinner *spinner = &spinners[me->id];

    if (spinner->collecting) {
        collect(spinner, place);
    } else if (spinner->quiet++ < QUIET) {
        spinner->milestone = QUIET;
    } else if (spinner->quiet > spinner->milestone) {
        spinner->milestone *= 2;
        spinner->place = place;
        spinner->state = state_at(place);
        spinner->quiet_writes = me->writes;
    } else if (place == spinner->place && spinner->state != 0 &&
               spinner->quiet_writes == me->writes && spinner->state == state_at(place)) {
        spinner->collecting = true;
        collect(spinner, place);
    }
}

void spin_memory(void)
{
    worlds_add(spinners, sizeof spinners);
}
