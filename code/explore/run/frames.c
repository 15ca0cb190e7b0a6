#include "explore/run/frames.h"

#include "explore/run/blocks.h"
#include "explore/run/races.h"

enum { FRAMES_MOST = 16, /* of ours above the program's */ STACK_SIZE = 8 * 1024 * 1024 };

/* Frame pointers lead from a frame of ours to the one that has `place`. */
static const char *walk(const uintptr_t *frame, const uintptr_t *stack, uintptr_t place)
{
    for (int i = 0; i < FRAMES_MOST && place != 0 && frame != NULL; i++) {
        const uintptr_t *next = (const uintptr_t *)frame[0];

        if (frame[1] == place)
            return (const char *)(frame + 2);
        if (next <= frame || next >= stack || (uintptr_t)next % sizeof *next != 0)
            break;
        frame = next;
    }
    return NULL;
}

const char *frame_of(uintptr_t place)
{
    return walk(__builtin_frame_address(0), me->stack, place);
}

/* The lowest address in each thread's memory that another one has accessed, or that is
 * thread-local and was accessed at all; 0: none. */
static uintptr_t lent[THREADS_MOST];

/* Whose stack it is, or whose thread-local variables, which are above the stack; but the
 * main thread's are somewhere else, and stay. */
static struct thread *owner_of(uintptr_t at)
{
    for (unsigned i = 0; i < threads_used(); i++) {
        uintptr_t stack = (uintptr_t)threads[i].stack, floor = (uintptr_t)threads[i].floor;

        if (floor != 0 ? at >= floor && at < floor + STACK_SIZE
                       : at < stack && at >= stack - STACK_SIZE)
            return &threads[i];
    }
    return NULL;
}

bool frames_hold(uintptr_t at)
{
    const struct thread *owner = owner_of(at);

    return owner != NULL && at < (uintptr_t)owner->stack;
}

/* Where the frames end that the thread still has; NULL: unknown. What it does
 * without a place, it does after all functions of the program have returned. */
static const char *end_of_frames(const struct thread *thread, uintptr_t place)
{
    if (!thread->alive)
        return thread->stack;
    if (thread == me)
        return frame_of(place);
    if (thread->request.op.kind == OP_CRASH || thread->request.op.kind == OP_START)
        return NULL;
    if (thread->request.op.place == 0)
        return thread->stack;
    return walk(thread->frame, thread->stack, thread->request.op.place);
}

const char *frames_end(const struct thread *thread)
{
    if (thread->request.op.place == 0 || thread->request.op.kind == OP_START)
        return thread->stack;
    return walk(thread->frame, thread->stack, thread->request.op.place);
}

static void lend(const struct thread *owner, uintptr_t at)
{
    if (lent[owner->id] == 0 || at < lent[owner->id])
        lent[owner->id] = at;
}

static _Noreturn void end_outlived(struct thread *owner, uintptr_t at, bool writes, uintptr_t place)
{
    bool is_local = owner->id != 0 && at >= (uintptr_t)owner->stack;

    if (!clock_knows(&me->clock, owner->id, owner->clock.ticks[owner->id]))
        race_note_end(owner, at, writes ? ACCESS_WRITE : ACCESS_READ, place);
    run_fault(place, "", 0, "%s a %s of a thread that has ended", writes ? "writes" : "reads",
              is_local ? "thread-local variable" : "variable");
}

/* It may be that the other order is the right one: then it has to be tried. */
static void note_leaving(struct thread *owner, const struct leaving *leaving, uintptr_t at,
                         bool writes, uintptr_t place)
{
    if (owner == me)
        return;
    if (leaving == NULL)
        run_doubt(place, "uses what a function had that has returned long ago");
    else if (!clock_knows(&me->clock, owner->id, leaving->tick))
        race_note_left(owner, leaving->tick, leaving->place, at,
                       writes ? ACCESS_WRITE : ACCESS_READ, place);
}

static _Noreturn void end_left(struct thread *owner, uintptr_t at, bool writes, uintptr_t place)
{
    note_leaving(owner, frame_left(owner, at), at, writes, place);
    run_fault(place, "", 0, "%s a variable of a function that has returned",
              writes ? "writes" : "reads");
}

static _Noreturn void end_block(struct thread *owner, uintptr_t at, bool writes, uintptr_t place)
{
    note_leaving(owner, block_ended(owner, at), at, writes, place);
    run_fault(place, "", 0, "%s a variable of a block that has ended", writes ? "writes" : "reads");
}

void frames_access(uintptr_t at, bool writes, uintptr_t place)
{
    struct thread *owner = owner_of(at);
    const char *end = owner != NULL ? end_of_frames(owner, place) : NULL;

    if (owner != NULL && (owner != me || at >= (uintptr_t)owner->stack))
        lend(owner, at);
    if (owner != NULL && !owner->alive)
        end_outlived(owner, at, writes, place);
    if (end != NULL && at < (uintptr_t)end)
        end_left(owner, at, writes, place);
    if (owner != NULL && block_ended(owner, at) != NULL)
        end_block(owner, at, writes, place);
}

struct touch frames_touch(uintptr_t at)
{
    const struct thread *owner = owner_of(at);

    return owner == NULL || owner == me ? (struct touch){0, 0, TOUCH_NONE}
                                        : (struct touch){(uintptr_t)owner, 1, TOUCH_LOOK};
}

void frames_leave_all(void)
{
    uintptr_t at = lent[me->id], floor = (uintptr_t)me->floor;
    uintptr_t end = floor != 0 ? floor + STACK_SIZE : (uintptr_t)me->stack;

    if (at != 0 && at < end)
        race_free(at, end - at, 0);
}
