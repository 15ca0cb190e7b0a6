#include "explore/intercept/tsan_hooks.h"

#include <string.h>

#include "explore/base/large.h"
#include "explore/names/symbols.h"
#include "explore/run/blocks.h"
#include "explore/run/frames.h"
#include "explore/run/growth.h"
#include "explore/run/object.h"
#include "explore/run/races.h"
#include "explore/run/scheduler.h"
#include "explore/run/spin.h"
#include "explore/run/state.h"

/* OBJECT_LEAST: whoever accesses fewer bytes, does not mean a mutex. */
enum { SITE_SLOTS = 4 * SITES_MOST, OBJECT_LEAST = 16 };

LARGE static uintptr_t sites[SITE_SLOTS]; /* hashed, with open addressing */

static size_t slot_of(uintptr_t place)
{
    size_t slot = (size_t)((place * 0x9e3779b97f4a7c15u) >> 44) % SITE_SLOTS;

    while (sites[slot] != 0 && sites[slot] != place)
        slot = (slot + 1) % SITE_SLOTS;
    return slot;
}

void sites_begin(void)
{
    for (uint32_t i = 0; i < record->plan.site_count; i++)
        sites[slot_of(record->plan.sites[i])] = record->plan.sites[i];
}

bool plain_is_step(uintptr_t place)
{
    return record->plan.every_access || sites[slot_of(place)] != 0;
}

/* What is read stands there now, what is written when the next step begins. */
static void note_value(struct event *event, const volatile void *at, size_t size, bool written)
{
    const volatile uint8_t *bytes = at;

    if (size > sizeof event->value)
        return;
    for (size_t i = 0; i < size; i++)
        event->value |= (uint64_t)bytes[i] << 8 * i; /* little-endian, as our machines are */
    if (written) {
        me->written_at = at;
        me->written_size = (uint32_t)size;
        me->written_step = (uint32_t)(event - record->events);
    }
}

/* Between here and the stack's beginning. */
static bool on_own_stack(const volatile void *at)
{
    uintptr_t here = (uintptr_t)__builtin_frame_address(0);

    return (uintptr_t)at >= here && (uintptr_t)at < (uintptr_t)me->stack;
}

/* The machine may do it in several steps, between which others come; for us it is
 * one. Processors promise no more than an aligned word. */
static bool is_more_than_a_word(uintptr_t at, size_t size)
{
    return at / sizeof(uint64_t) != (at + size - 1) / sizeof(uint64_t);
}

static void note_access(uintptr_t at, size_t size, int is_write, uintptr_t place)
{
    unsigned long sightings = race_sightings;

    race_access(at, size, is_write ? ACCESS_WRITE : ACCESS_READ, place);
    if (race_sightings > sightings && is_more_than_a_word(at, size))
        run_doubt(place, "races over %zu bytes at once", size);
}

/* Where no step comes of it as well: what we leave on the stack differs between the
 * engines (an address is another one), and is in what the program has not set. */
static void leave_nothing(void)
{
    if (record->plan.states && !record->plan.merges)
        state_wipe();
    else
        stack_wipe();
}

void plain_access(const volatile void *at, size_t size, int is_write, uintptr_t place)
{
    struct event *event;

    if (me == NULL || me->inside > 0 || size == 0)
        return;
    if (plain_is_step(place)) {
        event = step(&(const struct request){
            .op = {.kind = is_write ? OP_WRITE : OP_READ,
                   .place = place,
                   .touches = {{(uintptr_t)at, (uint32_t)size,
                                is_write ? TOUCH_CHANGE : TOUCH_LOOK},
                               frames_touch((uintptr_t)at)}},
        });
        if (record->plan.values || record->plan.states)
            note_value(event, at, size, is_write);
        if (record->plan.states && !is_write && size > sizeof event->value)
            state_read(at, size);
    } else {
        spin_quiet(place);
    }
    if (is_write && !on_own_stack(at))
        me->writes++;
    if (size >= OBJECT_LEAST)
        (is_write ? objects_overwrite : objects_copy)((uintptr_t)at, size, place);
    if (is_write && growth_is_on())
        growth_forget((uintptr_t)at, size);
    note_access((uintptr_t)at, size, is_write, place);
    leave_nothing();
}

static bool may_keep_bits;

void hooks_begin(void)
{
    may_keep_bits = program_has_bit_fields();
}

/* Of a bit-field gcc tells that it is written, and not that its neighbours are
 * read before and written back. So where there are bit-fields, what races and is
 * written is read first, and stands there again when the program does write:
 * that puts back what the neighbours were, or replaces all of it. */
static void plain_write(void *at, size_t size, uintptr_t place)
{
    unsigned char before[8];
    bool keeps = may_keep_bits && me != NULL && me->inside == 0 && size <= sizeof before &&
                 plain_is_step(place);

    if (keeps) {
        plain_access(at, size, 0, place);
        memcpy(before, at, size);
    }
    plain_access(at, size, 1, place);
    if (keeps && memcmp(at, before, size) != 0)
        memcpy(at, before, size);
}

void plain_free(const volatile void *at, size_t size, uintptr_t place)
{
    if (sites[slot_of(place)] != 0)
        step_simple(OP_WRITE, at, (uint32_t)size, TOUCH_CHANGE, place);
    if (growth_is_on())
        growth_forget((uintptr_t)at, size);
    race_free((uintptr_t)at, size, place);
    leave_nothing();
}

void __tsan_init(void)
{
}

/* Of the stack that a thread was given the C library takes some for itself: what
 * describes the thread, and its thread-local variables. And a frame below a kilobyte is told
 * of by its callers' hooks, or not at all. */
enum { STACK_KEPT = 4096 + 1024 };

void stack_reaches(uintptr_t end, uintptr_t place)
{
    if (me == NULL || me->stack_size == 0)
        return;
    if ((uintptr_t)me->stack - end + STACK_KEPT > me->stack_size + shift_of_addresses())
        run_doubt(place, "needs more of its stack than the thread was given");
}

/* A longjmp(3) leaves functions without a word: then a trace names a call that
 * is over. */
void __tsan_func_entry(void *caller)
{
    static uint32_t entries;
    struct calls *calls = me != NULL ? &me->calls : NULL;

    if (calls == NULL)
        return;
    stack_reaches((uintptr_t)__builtin_frame_address(0), HERE);
    if (calls->depth < CALLS_KNOWN)
        calls->list[calls->depth] = (struct call){(uintptr_t)caller, ++entries};
    calls->depth++;
    blocks_leave(*(const uintptr_t *)__builtin_frame_address(0));
}

/* The variables of the function that returns, whoever looked at them: as if
 * they were freed. */
static void leave_frame(const uintptr_t *frame, uintptr_t place)
{
    uintptr_t begin = (uintptr_t)(frame + 2), end = frame[0];

    if (begin < end && end < (uintptr_t)me->stack)
        plain_free((const void *)begin, end - begin, place);
    blocks_leave_frame(begin, end, place);
}

void __tsan_func_exit(void)
{
    if (me != NULL && me->inside == 0)
        leave_frame(__builtin_frame_address(0), HERE);
    if (me != NULL && me->calls.depth > 0)
        me->calls.depth--;
}

void variable_begins(uintptr_t at, size_t size)
{
    if (me != NULL && me->inside == 0)
        block_begin(at, size);
}

/* Whoever else has looked at it did so before, or it is a race. */
void variable_ends(uintptr_t at, size_t size, uintptr_t place)
{
    if (me == NULL || me->inside > 0)
        return;
    plain_free((const void *)at, size, place);
    block_end(at, size, place);
}

void __tsan_block_begin(void *at, size_t size)
{
    variable_begins((uintptr_t)at, size);
}

void __tsan_block_end(void *at, size_t size)
{
    variable_ends((uintptr_t)at, size, HERE);
}

void __tsan_vptr_update(void *at, void *value)
{
    (void)value;
    plain_access(at, sizeof(void *), 1, HERE);
}

void __tsan_vptr_read(void *at)
{
    plain_access(at, sizeof(void *), 0, HERE);
}

void __tsan_read_range(void *at, size_t size)
{
    plain_access(at, size, 0, HERE);
}

void __tsan_write_range(void *at, size_t size)
{
    plain_access(at, size, 1, HERE);
}

/* gcc's copy of an aggregate, in the order in which gcc tells it (marks.awk). */
static _Thread_local struct {
    void *at;
    uintptr_t place;
} copied;

static void copy_write(void *at, uintptr_t place)
{
    copied.at = at;
    copied.place = place;
}

static void copy_read(void *at, size_t size, uintptr_t place)
{
    if (me != NULL && me->inside == 0 && plain_is_step(place) && plain_is_step(copied.place))
        run_doubt(place, "copies a struct, in one step, from memory that races to such memory");
    plain_access(at, size, 0, place);
    plain_access(copied.at, size, 1, copied.place);
}

void __tsan_copy_write_range(void *at, size_t size)
{
    (void)size;
    copy_write(at, HERE);
}

void __tsan_copy_read_range(void *at, size_t size)
{
    copy_read(at, size, HERE);
}

#define DEFINE_ACCESS(size) \
    void __tsan_copy_write##size(void *at) \
    { \
        copy_write(at, HERE); \
    } \
    void __tsan_copy_read##size(void *at) \
    { \
        copy_read(at, size, HERE); \
    } \
    void __tsan_read##size(void *at) \
    { \
        plain_access(at, size, 0, HERE); \
    } \
    void __tsan_write##size(void *at) \
    { \
        plain_write(at, size, HERE); \
    } \
    void __tsan_unaligned_read##size(void *at) \
    { \
        plain_access(at, size, 0, HERE); \
    } \
    void __tsan_unaligned_write##size(void *at) \
    { \
        plain_write(at, size, HERE); \
    } \
    void __tsan_volatile_read##size(void *at) \
    { \
        plain_access(at, size, 0, HERE); \
    } \
    void __tsan_volatile_write##size(void *at) \
    { \
        plain_write(at, size, HERE); \
    } \
    void __tsan_unaligned_volatile_read##size(void *at) \
    { \
        plain_access(at, size, 0, HERE); \
    } \
    void __tsan_unaligned_volatile_write##size(void *at) \
    { \
        plain_write(at, size, HERE); \
    } \
    void __tsan_read_write##size(void *at) \
    { \
        plain_access(at, size, 0, HERE); \
        plain_access(at, size, 1, HERE); \
    } \
    void __tsan_unaligned_read_write##size(void *at) \
    { \
        plain_access(at, size, 0, HERE); \
        plain_access(at, size, 1, HERE); \
    }

DEFINE_ACCESS(1)
DEFINE_ACCESS(2)
DEFINE_ACCESS(4)
DEFINE_ACCESS(8)
DEFINE_ACCESS(16)
