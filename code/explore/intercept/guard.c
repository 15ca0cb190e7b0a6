/*
 * Local statics of C++: made once, by whoever comes first (Itanium C++ ABI,
 * 3.3.3). The first byte of a guard says that it is done; the compiler looks at
 * it with an atomic load and calls us while it is zero.
 */
#include <stdint.h>

#include "explore/intercept/message.h"
#include "explore/run/growth.h"
#include "explore/run/growth_label.h"
#include "explore/run/object.h"

int __cxa_guard_acquire(uint64_t *guard);
void __cxa_guard_release(uint64_t *guard);
void __cxa_guard_abort(uint64_t *guard);

static volatile uint8_t *done_byte(uint64_t *guard)
{
    return (volatile uint8_t *)guard;
}

static bool is_not_running(const struct thread *thread)
{
    return ((const struct object *)thread->request.about)->owner == NOBODY;
}

int __cxa_guard_acquire(uint64_t *guard)
{
    struct object *object;

    if (me == NULL)
        return *done_byte(guard) == 0;
    if (growth_is_on())
        growth_refuse(HERE, "a local static of C++");
    object = object_at(guard, OBJECT_ONCE);
    if (object->owner == (int)me->id)
        run_misuse(HERE, "needs a local static to make it");
    step(&(const struct request){
        .op = {.kind = OP_ONCE, .place = HERE, .touches = {{(uintptr_t)guard, 1, TOUCH_CHANGE}}},
        .ready = is_not_running,
        .about = object,
    });
    clock_acquire(&object->released);
    if (*done_byte(guard) != 0)
        return 0;
    object->owner = (int)me->id;
    return 1;
}

static void leave(uint64_t *guard, bool done, uintptr_t place)
{
    struct object *object;

    if (me != NULL) {
        object = object_at(guard, OBJECT_ONCE);
        step_simple(OP_ONCE_DONE, guard, 1, TOUCH_CHANGE, place);
        object->owner = NOBODY;
        clock_release(&object->released);
        if (done) /* for those who only look at the byte */
            message_publish(guard);
    }
    if (done)
        *done_byte(guard) = 1;
}

void __cxa_guard_release(uint64_t *guard)
{
    leave(guard, true, HERE);
}

/* An exception came out: the next one tries again. */
void __cxa_guard_abort(uint64_t *guard)
{
    leave(guard, false, HERE);
}
