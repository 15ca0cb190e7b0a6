#include "explore/run/races.h"

#include "explore/base/large.h"
#include "explore/run/frames.h"
#include "explore/run/heap.h"
#include "explore/run/state.h"
#include "explore/world/worlds.h"

enum { GRANULE = 8, GRANULES = 1 << 20, ACCESSES = 1 << 21 };

/* One thread's latest access of its sort to these bytes of a granule. */
struct past {
    struct past *next;
    uintptr_t place;
    uint32_t tick;
    uint8_t thread, bytes; /* a bit for each byte */
    uint8_t access;
};

struct granule {
    uintptr_t number; /* address / GRANULE; 0: unused */
    struct past *pasts;
};

LARGE static struct granule granules[GRANULES];
LARGE static struct past pasts[ACCESSES];
static struct past *free_pasts;
unsigned long race_sightings;
static unsigned granules_used, pasts_used;

static struct granule *granule_at(uintptr_t number)
{
    size_t slot = number % GRANULES; /* neighbours share pages */

    while (granules[slot].number != 0 && granules[slot].number != number)
        slot = (slot + 1) % GRANULES;
    if (granules[slot].number == 0) {
        if (++granules_used > GRANULES / 2)
            run_refuse(0, "accesses to more than %d MiB of memory",
                       GRANULES / 2 * GRANULE / (1024 * 1024));
        granules[slot].number = number;
    }
    return &granules[slot];
}

static struct past *past_new(void)
{
    struct past *past = free_pasts;

    if (past != NULL) {
        free_pasts = past->next;
        return past;
    }
    if (pasts_used == ACCESSES)
        run_refuse(0, "more than %d accesses to remember", ACCESSES);
    return &pasts[pasts_used++];
}

static bool writes(enum access access)
{
    return access == ACCESS_WRITE || access == ACCESS_ATOMIC_WRITE || access == ACCESS_WEAK_WRITE;
}

static bool is_atomic(enum access access)
{
    return access != ACCESS_READ && access != ACCESS_WRITE;
}

static bool is_weak(enum access access)
{
    return access == ACCESS_WEAK_READ || access == ACCESS_WEAK_WRITE;
}

static bool known_race(uintptr_t first, uintptr_t second)
{
    for (uint32_t i = 0; i < record->race_count; i++)
        if (record->races[i].first == first && record->races[i].second == second)
            return true;
    return false;
}

static struct race race_between(const struct past *past, const struct past *now, uintptr_t address)
{
    return (struct race){
        .first = past->place,
        .second = now->place,
        .first_thread = past->thread,
        .second_thread = now->thread,
        .first_writes = writes(past->access),
        .second_writes = writes(now->access),
        .step = record->event_count,
        .address = address,
    };
}

/* Two accesses that nothing orders: a data race, unless both are atomic. */
static void report(const struct past *past, const struct past *now, uintptr_t address)
{
    if (is_atomic(past->access) && is_atomic(now->access)) {
        if (!record->is_weak && (is_weak(past->access) || is_weak(now->access)))
            record->weak = race_between(past, now, address);
        record->is_weak = record->is_weak || is_weak(past->access) || is_weak(now->access);
        return;
    }
    race_sightings++;
    if (record->race_count < RACES_MOST && !known_race(past->place, now->place))
        record->races[record->race_count++] = race_between(past, now, address);
}

static bool is_race(const struct past *past, const struct past *now)
{
    return past->thread != now->thread && (past->bytes & now->bytes) != 0 &&
           (writes(past->access) || writes(now->access)) &&
           !clock_knows(&me->clock, past->thread, past->tick);
}

/* Would whatever races with `past` later on race with `now` as well? */
static bool is_superseded(const struct past *past, const struct past *now)
{
    if ((past->bytes & ~now->bytes) != 0 || is_atomic(now->access))
        return false;
    if (past->thread == now->thread)
        return past->access == now->access || now->access == ACCESS_WRITE;
    return now->access == ACCESS_WRITE && clock_knows(&me->clock, past->thread, past->tick);
}

/* The same again: it is noted where it was, but may race with what came in between. */
static bool is_repeated(struct past *past, const struct past *now)
{
    /* Each by itself: gcc compares all three as one word of `now`, and the processor waits
     * for what was written there byte by byte. */
    const unsigned thread = now->thread, access = now->access, bytes = now->bytes;

    if (past->thread != thread || past->access != access || past->bytes != bytes)
        return false;
    past->tick = now->tick;
    past->place = now->place;
    return true;
}

static void access_granule(struct granule *granule, const struct past *now)
{
    struct past **link = &granule->pasts, *past;
    bool is_noted = false;

    while ((past = *link) != NULL) {
        if (is_race(past, now))
            report(past, now,
                   granule->number * GRANULE + (uintptr_t)__builtin_ctz(past->bytes & now->bytes));
        if (is_repeated(past, now)) {
            is_noted = true;
        } else if (is_superseded(past, now)) {
            *link = past->next;
            past->next = free_pasts;
            free_pasts = past;
            continue;
        }
        link = &past->next;
    }
    if (is_noted)
        return;
    *link = past_new();
    **link = *now;
    (*link)->next = NULL;
}

/* The bytes of one granule that lie in [at, end). */
static uint8_t bytes_of(uintptr_t number, uintptr_t at, uintptr_t end)
{
    unsigned from = number * GRANULE < at ? (unsigned)(at % GRANULE) : 0;
    unsigned to = (number + 1) * GRANULE > end ? (unsigned)(end - number * GRANULE) : GRANULE;

    return (uint8_t)((0xffu << from) & (0xffu >> (GRANULE - to)));
}

static struct past past_now(enum access access, uintptr_t place)
{
    return (struct past){
        .place = place,
        .tick = me->clock.ticks[me->id],
        .thread = (uint8_t)me->id,
        .bytes = 0xff,
        .access = (uint8_t)access,
    };
}

/* Another world is that of a run without races, and one more would be no program's: blocks
 * come back there, and who has them then has not waited for who had them. */
static bool is_elsewhere(void)
{
    return record->plan.others != 0;
}

void race_note(uintptr_t at, size_t size, enum access access, uintptr_t place)
{
    struct past now = past_now(access, place);

    if (is_elsewhere())
        return;
    me->inside++;
    for (uintptr_t number = at / GRANULE; size > 0 && number <= (at + size - 1) / GRANULE;
         number++) {
        now.bytes = bytes_of(number, at, at + size);
        access_granule(granule_at(number), &now);
    }
    me->inside--;
}

void race_access(uintptr_t at, size_t size, enum access access, uintptr_t place)
{
    if (record->plan.merges)
        state_access(at, size, (int)access);
    race_note(at, size, access, place); /* first: the other order may be without fault */
    heap_access(at, size, writes(access), place);
    frames_access(at, writes(access), place);
}

void race_note_end(struct thread *owner, uintptr_t at, enum access access, uintptr_t place)
{
    struct thread *self = me;

    me = owner;
    race_note(at, 1, ACCESS_WRITE, 0);
    me = self;
    race_note(at, 1, access, place);
}

void race_note_left(struct thread *owner, uint32_t tick, uintptr_t left_place, uintptr_t at,
                    enum access access, uintptr_t place)
{
    struct thread *self = me;
    struct past left;

    me = owner;
    left = past_now(ACCESS_WRITE, left_place);
    left.tick = tick;
    left.bytes = bytes_of(at / GRANULE, at, at + 1);
    me->inside++;
    access_granule(granule_at(at / GRANULE), &left);
    me->inside--;
    me = self;
    race_note(at, 1, access, place);
}

/* The granule if this run has been there. */
static struct granule *granule_seen(uintptr_t number)
{
    size_t slot = number % GRANULES;

    while (granules[slot].number != 0 && granules[slot].number != number)
        slot = (slot + 1) % GRANULES;
    return granules[slot].number != 0 ? &granules[slot] : NULL;
}

void race_free(uintptr_t at, size_t size, uintptr_t place)
{
    struct past now = past_now(ACCESS_WRITE, place);

    if (is_elsewhere())
        return;
    me->inside++;
    for (uintptr_t number = at / GRANULE; number <= (at + size - 1) / GRANULE; number++) {
        struct granule *granule = granule_seen(number);

        now.bytes = bytes_of(number, at, at + size);
        if (granule != NULL && granule->pasts != NULL)
            access_granule(granule, &now);
    }
    me->inside--;
}

static bool is_behind(const struct thread *thread, const struct past *past, uint8_t bytes)
{
    return past->thread == thread->id || (past->bytes & bytes) == 0 ||
           clock_knows(&thread->clock, past->thread, past->tick);
}

bool races_are_behind(const struct thread *thread, uintptr_t at, size_t size)
{
    for (uintptr_t number = at / GRANULE; number <= (at + size - 1) / GRANULE; number++) {
        const struct granule *granule = granule_seen(number);

        for (const struct past *past = granule != NULL ? granule->pasts : NULL; past != NULL;
             past = past->next)
            if (!is_behind(thread, past, bytes_of(number, at, at + size)))
                return false;
    }
    return true;
}

void races_memory(void)
{
    worlds_add(granules, sizeof granules);
    worlds_add(pasts, sizeof pasts);
}
