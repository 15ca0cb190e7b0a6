#include "explore/run/object.h"

#include <stdlib.h>

#include "explore/base/large.h"
#include "explore/run/frames.h"
#include "explore/run/growth.h"
#include "explore/run/races.h"
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

struct object *object_used(const volatile void *address, enum object_kind kind, uintptr_t place)
{
    if (me != NULL && me->inside == 0)
        frames_access((uintptr_t)address, false, place);
    return object_at(address, kind);
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

/* Of what has an initialiser nobody sees whether that was used; so it is there when it
 * was used. */
static bool is_there(const struct object *object)
{
    return !object->destroyed && (object->initialised || object->kind <= OBJECT_RWLOCK);
}

struct object *object_before_init(const volatile void *address, enum object_kind kind,
                                  uintptr_t place)
{
    uint16_t before = slots[slot_of((uintptr_t)address, kind)];
    bool is_again = before != 0 && is_there(&objects[before - 1]);
    struct object *object;

    if (is_again)
        step_simple(OP_DESTROY, address, 1, TOUCH_CHANGE, place);
    object = object_at(address, kind);
    object->is_again = is_again && !object->destroyed;
    return object;
}

struct object *object_init(const volatile void *address, enum object_kind kind, uintptr_t place)
{
    static const char *const faults[OBJECT_KINDS] = {
        [OBJECT_MUTEX] = "initialises a lock that was not destroyed",
        [OBJECT_CONDITION] = "initialises a condition variable that was not destroyed",
        [OBJECT_RWLOCK] = "initialises a read-write lock that was not destroyed",
        [OBJECT_SEMAPHORE] = "initialises a semaphore that was not destroyed",
        [OBJECT_BARRIER] = "initialises a barrier that was not destroyed",
    };

    if (object_at(address, kind)->is_again && !frames_hold((uintptr_t)address))
        run_misuse(place, faults[kind]);
    if (me->inside == 0)
        race_note((uintptr_t)address, 1, ACCESS_WRITE, place);
    return object_new(address, kind);
}

/* The program's own accesses to the bytes of objects -------------------------------- */

static bool is_held(const struct object *object)
{
    bool read = false;

    for (unsigned i = 0; i < THREADS_MOST; i++)
        read = read || object->holds[i] > 0;
    return object->owner != NOBODY || object->waiters != 0 || read;
}

/* The next object from the n-th on that begins there; *n goes on behind it. */
static struct object *next_among(unsigned *n, uintptr_t at, size_t size)
{
    while (*n < used) {
        struct object *object = &objects[(*n)++];

        if (object->address - at < size && object->kind <= OBJECT_BARRIER && !object->destroyed)
            return object;
    }
    return NULL;
}

/* Whoever uses it now must have made it anew. */
static void forget(const struct object *object)
{
    object_new((const void *)object->address, object->kind)->destroyed =
        object->kind <= OBJECT_RWLOCK;
}

void objects_overwrite(uintptr_t at, size_t size, uintptr_t place)
{
    struct object *object;

    for (unsigned n = 0; (object = next_among(&n, at, size)) != NULL;) {
        if (is_held(object) && !frames_hold(at))
            run_misuse(place, "writes over what is locked, or waited for");
        forget(object);
    }
}

void objects_forget(uintptr_t at, size_t size)
{
    const struct object *object;

    for (unsigned n = 0; (object = next_among(&n, at, size)) != NULL;)
        forget(object);
}

void objects_copy(uintptr_t at, size_t size, uintptr_t place)
{
    const struct object *object;

    for (unsigned n = 0; (object = next_among(&n, at, size)) != NULL;)
        if (is_held(object))
            run_doubt(place, "copies what is locked, or waited for");
}

void objects_memory(void)
{
    worlds_add(objects, sizeof objects);
    worlds_add(slots, sizeof slots);
}
