#include "explore/run/object.h"

#include <stdlib.h>

#include "explore/base/large.h"
#include "explore/run/growth.h"
#include "explore/world/worlds.h"

enum { OBJECTS = 1 << 13, SLOTS = 2 * OBJECTS };

LARGE static struct object objects[OBJECTS]; /* in the order in which they were seen */
LARGE static uint16_t slots[SLOTS]; /* one more than their numbers, hashed: open addressing */
static unsigned used;

/* Neighbours share pages. */
static size_t slot_of(uintptr_t address, enum object_kind kind)
{
    size_t slot = (address / 4 + kind) % SLOTS;

    while (slots[slot] != 0 &&
           (objects[slots[slot] - 1].address != address || objects[slots[slot] - 1].kind != kind))
        slot = (slot + 1) % SLOTS;
    return slot;
}

static void reset(struct object *object, uintptr_t address, enum object_kind kind)
{
    *object = (struct object){.address = address, .kind = kind, .owner = NOBODY};
}

struct object *object_at(const volatile void *address, enum object_kind kind)
{
    size_t slot = slot_of((uintptr_t)address, kind);

    if (slots[slot] == 0) {
        if (used == OBJECTS)
            run_refuse(0, "more than %d locks, conditions and atomics", OBJECTS);
        reset(&objects[used], (uintptr_t)address, kind);
        slots[slot] = (uint16_t)++used;
    }
    return &objects[slots[slot] - 1];
}

struct object *object_new(const volatile void *address, enum object_kind kind)
{
    struct object *object = object_at(address, kind);

    reset(object, (uintptr_t)address, kind);
    if (growth_is_on())
        growth_renew((uintptr_t)address);
    return object;
}

const struct object *object_seen(unsigned n)
{
    return n < used ? &objects[n] : NULL;
}

struct object *object_before_init(const volatile void *address, enum object_kind kind,
                                  uintptr_t place)
{
    uint16_t before = slots[slot_of((uintptr_t)address, kind)];

    if (before != 0 && !objects[before - 1].destroyed)
        step_simple(OP_DESTROY, address, 1, TOUCH_CHANGE, place);
    return object_at(address, kind);
}

void objects_memory(void)
{
    worlds_add(objects, sizeof objects);
    worlds_add(slots, sizeof slots);
}
