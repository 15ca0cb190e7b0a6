#include "explore/run/frames.h"

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

static const struct thread *owner_of(uintptr_t at)
{
    for (unsigned i = 0; i < THREADS_MOST; i++) {
        uintptr_t stack = (uintptr_t)threads[i].stack, floor = (uintptr_t)threads[i].floor;

        if (at < stack && at >= (floor != 0 ? floor : stack - STACK_SIZE))
            return &threads[i];
    }
    return NULL;
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

void frames_access(uintptr_t at, bool writes, uintptr_t place)
{
    const struct thread *owner = owner_of(at);
    const char *end = owner != NULL ? end_of_frames(owner, place) : NULL;
    const char *does = writes ? "writes" : "reads";

    if (end == NULL || at >= (uintptr_t)end)
        return;
    if (!owner->alive)
        run_fault(place, "", 0, "%s a variable of a thread that has ended", does);
    run_fault(place, "", 0, "%s a variable of a function that has returned", does);
}
