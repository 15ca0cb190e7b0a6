#include "explore/run/object.h"
#include "explore/run/growth.h"
#include "explore/world/worlds.h"

#include <stdlib.h>

enum { OBJECTS = 1 << 14 };

static struct object objects[OBJECTS];         /* hashed, with open addressing */
static const struct object *seen[OBJECTS / 2]; /* in that order */
static unsigned used;

static struct object *find(uintptr_t address, enum object_kind kind)
{
    size_t slot = (size_t)((address * 0x9e3779b97f4a7c15u) >> 40) % OBJECTS;

    while (objects[slot].address != 0 &&
           (objects[slot].address != address || objects[slot].kind != kind))
        slot = (slot + 1) % OBJECTS;
    return &objects[slot];
}

static void reset(struct object *object, uintptr_t address, enum object_kind kind)
{
    *object = (struct object){.address = address, .kind = kind, .owner = NOBODY};
}

struct object *object_at(const volatile void *address, enum object_kind kind)
{
    struct object *object = find((uintptr_t)address, kind);

    if (object->address == 0) {
        if (used == OBJECTS / 2)
            run_refuse(0, "more than %d locks, conditions and atomics", OBJECTS / 2);
        seen[used++] = object;
        reset(object, (uintptr_t)address, kind);
    }
    return object;
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
    return n < used ? seen[n] : NULL;
}

struct object *object_before_init(const volatile void *address, enum object_kind kind,
                                  uintptr_t place)
{
    const struct object *before = find((uintptr_t)address, kind);

    if (before->address != 0 && !before->destroyed)
        step_simple(OP_DESTROY, address, 1, TOUCH_CHANGE, place);
    return object_at(address, kind);
}

void objects_memory(void)
{
    worlds_add(objects, sizeof objects);
}
