#include "explore/run/blocks.h"

enum { ENDED_MOST = 64, LEFT_MOST = 16 };

static struct {
    unsigned count, frame_count;
    struct leaving list[ENDED_MOST], frames[LEFT_MOST]; /* the frames: the latest ones */
} left[THREADS_MOST];

static struct leaving leaving_now(uintptr_t at, uintptr_t end, uintptr_t place)
{
    return (struct leaving){at, end, place, me->clock.ticks[me->id]};
}

static void forget(unsigned i)
{
    left[me->id].list[i] = left[me->id].list[--left[me->id].count];
}

void block_begin(uintptr_t at, size_t size)
{
    for (unsigned i = left[me->id].count; i-- > 0;)
        if (left[me->id].list[i].at < at + size && at < left[me->id].list[i].end)
            forget(i);
}

void block_end(uintptr_t at, size_t size, uintptr_t place)
{
    unsigned *count = &left[me->id].count;

    block_begin(at, size);
    if (*count == ENDED_MOST) {
        run_doubt(place, "has more than %d variables of blocks that have ended", ENDED_MOST);
        return;
    }
    left[me->id].list[(*count)++] = leaving_now(at, at + size, place);
}

void blocks_leave(uintptr_t end)
{
    for (unsigned i = left[me->id].count; i-- > 0;)
        if (left[me->id].list[i].at < end)
            forget(i);
}

void blocks_leave_frame(uintptr_t at, uintptr_t end, uintptr_t place)
{
    left[me->id].frames[left[me->id].frame_count++ % LEFT_MOST] = leaving_now(at, end, place);
    blocks_leave(end);
}

const struct leaving *block_ended(const struct thread *thread, uintptr_t at)
{
    for (unsigned i = 0; i < left[thread->id].count; i++)
        if (at >= left[thread->id].list[i].at && at < left[thread->id].list[i].end)
            return &left[thread->id].list[i];
    return NULL;
}

const struct leaving *frame_left(const struct thread *thread, uintptr_t at)
{
    unsigned count = left[thread->id].frame_count;

    for (unsigned i = count; i-- > 0 && count - i <= LEFT_MOST;) {
        const struct leaving *frame = &left[thread->id].frames[i % LEFT_MOST];

        if (at >= frame->at && at < frame->end)
            return frame;
    }
    return NULL;
}
