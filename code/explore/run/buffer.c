#include "explore/run/buffer.h"

#include <string.h>

#include "explore/run/scheduler.h"

bool buffer_is_on(void)
{
    return record->plan.buffers;
}

bool buffer_comes_out(const struct thread *thread, unsigned alternative)
{
    return thread->stores.count > 0 && (!thread->request.passes || alternative == 1);
}

unsigned buffer_alternatives(const struct thread *thread)
{
    return thread->stores.count > 0 && thread->request.passes ? 2 : 1;
}

struct op buffer_op(const struct thread *thread)
{
    const struct waiting_store *oldest = &thread->stores.list[0];

    return (struct op){.kind = OP_FLUSH,
                       .place = oldest->place,
                       .touches = {{oldest->at, oldest->size, TOUCH_CHANGE}}};
}

/* Not memcpy, which in this program is ours, and an access. */
static void copy(uintptr_t to, const uint64_t *from, size_t size)
{
    for (size_t i = 0; i < size; i++)
        ((volatile uint8_t *)to)[i] = ((const volatile uint8_t *)from)[i];
}

void buffer_flush(struct event *event)
{
    struct buffer *stores = &me->stores;
    struct waiting_store oldest = stores->list[0];

    stores->count--;
    for (unsigned i = 0; i < stores->count; i++)
        stores->list[i] = stores->list[i + 1];
    stores->list[stores->count] = (struct waiting_store){0};
    copy(oldest.at, &oldest.value, oldest.size);
    event->value = oldest.value;
    me->writes++;
}

void buffer_put(const struct waiting_store *store)
{
    if (me->stores.count == BUFFER_MOST)
        run_refuse(store->place, "has more than %d stores in a buffer", BUFFER_MOST);
    me->stores.list[me->stores.count++] = *store;
}

/* x86 joins bytes of several stores; nobody writes that in C's atomics. */
bool buffer_get(uintptr_t at, size_t size, uint64_t *value)
{
    for (unsigned i = me->stores.count; i-- > 0;) {
        const struct waiting_store *store = &me->stores.list[i];

        if (store->at == at && store->size == size) {
            *value = store->value;
            return true;
        }
        if (store->at < at + size && at < store->at + store->size)
            run_refuse(store->place, "reads a part of what it has stored");
    }
    return false;
}
