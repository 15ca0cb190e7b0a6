#define _GNU_SOURCE
#include "explore/run/heap.h"

#include <string.h>
#include <sys/mman.h>

#include "explore/run/object.h"
#include "explore/run/scheduler.h"

/* Where nothing else lies: the same place in every run. */
#define BASE ((uintptr_t)0x500000000000)
#define ROOM ((size_t)1 << 32)

enum { GRANULE = 8, RED_ZONE = HEAP_HEAD, MAGIC = 0x6865616c, LARGE = 1 << 16 };

/* Shadow of a granule: so many of its bytes may be accessed; but 0 means all,
 * as that is what fresh memory has, and NO_ACCESS none. */
enum { NO_ACCESS = 0xff };

static uint8_t *shadow; /* NULL: nothing was given out yet */
static uintptr_t next;  /* from here on nothing was given out */
static struct block *last;

/* Where blocks go down: the lowest one, and from where on nothing is left. */
static struct block *lowest;
static uintptr_t left_below;

static bool open_heap(void)
{
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE;
    void *memory = mmap((void *)BASE, ROOM + ROOM / GRANULE, PROT_READ | PROT_WRITE, flags, -1, 0);

    if (memory == MAP_FAILED)
        return false;
    shadow = (uint8_t *)memory + ROOM;
    next = BASE;
    return true;
}

void *heap_begin(size_t *size)
{
    *size = ROOM + ROOM / GRANULE;
    return shadow != NULL || open_heap() ? (void *)BASE : NULL;
}

static uint8_t *shadow_of(uintptr_t at)
{
    return &shadow[(at - BASE) / GRANULE];
}

/* From a granule's beginning. */
static void forbid(uintptr_t at, size_t size)
{
    memset(shadow_of(at), NO_ACCESS, (size + GRANULE - 1) / GRANULE);
}

static uintptr_t round_up(uintptr_t number, size_t unit)
{
    return (number + unit - 1) / unit * unit;
}

/* In a world where addresses turn round they come back, too, as they do on most machines:
 * the last block in memory, of those of its size. */
static struct block *freed_before(size_t size, size_t alignment)
{
    struct block *block = last;

    while (block != NULL &&
           (!block->freed || block->size != size || ((uintptr_t)block + RED_ZONE) % alignment != 0))
        block = block->before;
    return block;
}

static void *take_again(struct block *block, uintptr_t place)
{
    uintptr_t begin = (uintptr_t)block + RED_ZONE;

    block->freed = false;
    block->taken_at = place;
    block->ours = me != NULL && me->inside > 0;
    memset(shadow_of(begin), 0, (block->size + GRANULE - 1) / GRANULE);
    if (block->size % GRANULE != 0)
        *shadow_of(begin + block->size) = block->size % GRANULE;
    memset((void *)begin, 0, block->size);
    objects_forget(begin, block->size);
    return (void *)begin;
}

/* Of the granule in which a block ends, where it ends within one. */
static void allow_part(uintptr_t end)
{
    size_t size = end % GRANULE;

    if (size % GRANULE != 0)
        *shadow_of(end) = (uint8_t)size;
}

static void *block_new(uintptr_t begin, size_t size, uintptr_t place, struct block *before)
{
    struct block *block = (struct block *)(begin - RED_ZONE);

    *block = (struct block){.size = size, .taken_at = place, .before = before, .magic = MAGIC};
    block->ours = me != NULL && me->inside > 0;
    allow_part(begin + size);
    return block;
}

static void *take_above(size_t size, size_t alignment, uintptr_t place)
{
    uintptr_t begin = round_up(next + RED_ZONE, alignment);
    uintptr_t end = round_up(begin + size, GRANULE);

    if (end + RED_ZONE > BASE + ROOM)
        return NULL;
    forbid(next, begin - next); /* of a shift, the part behind the granule before */
    forbid(end, RED_ZONE);
    next = end;
    last = block_new(begin, size, place, last);
    return (void *)begin;
}

/* Whoever comes later lies below, and stands at the end of the list all the same: in it
 * blocks are in the order of their addresses. */
static void *take_below(size_t size, size_t alignment, uintptr_t place)
{
    uintptr_t begin;
    struct block *block;

    if (last == NULL)
        left_below = next = BASE + ROOM - RED_ZONE;
    if (size + alignment + 3 * RED_ZONE > left_below - BASE)
        return NULL;
    begin = (left_below - size) / alignment * alignment;
    forbid(begin - RED_ZONE, RED_ZONE);
    forbid(round_up(begin + size, GRANULE),
           left_below + RED_ZONE - round_up(begin + size, GRANULE));
    block = block_new(begin, size, place, NULL);
    if (last == NULL)
        last = block;
    else
        lowest->before = block;
    lowest = block;
    left_below = begin - 2 * RED_ZONE;
    return (void *)begin;
}

void *heap_take(size_t size, size_t alignment, uintptr_t place)
{
    struct block *block;

    if (shadow == NULL && !open_heap())
        run_refuse(place, "finds no room for its heap");
    if (alignment < 16)
        alignment = 16;
    if (size > HEAP_MOST || alignment > ROOM / 4)
        return NULL;
    if (addresses_turn_round()) {
        block = freed_before(size, alignment);
        return block != NULL ? take_again(block, place) : take_below(size, alignment, place);
    }
    next += last == NULL ? shift_of_addresses() : 0;
    return take_above(size, alignment, place);
}

/* glibc's blocks, but for the large ones. */
static size_t usable(size_t size)
{
    const size_t least = 24;

    return size <= least ? least : round_up(size + GRANULE, 16) - GRANULE;
}

bool heap_stretch(void *begin, size_t size)
{
    struct block *block = heap_block(begin);
    uintptr_t at = (uintptr_t)begin;

    if (!addresses_turn_round() || size > usable(block->size))
        return false;
    forbid(at, block->size);
    block->size = size;
    memset(shadow_of(at), 0, (size + GRANULE - 1) / GRANULE);
    allow_part(at + size);
    return true;
}

bool heap_holds(uintptr_t at)
{
    return shadow != NULL && at >= BASE && at < next + RED_ZONE;
}

struct block *heap_block(const void *begin)
{
    struct block *block = (struct block *)((uintptr_t)begin - RED_ZONE);

    if (!heap_holds((uintptr_t)begin) || (uintptr_t)begin % 16 != 0)
        return NULL;
    return (uintptr_t)block >= BASE && block->magic == MAGIC ? block : NULL;
}

/* What is large need not be kept: nobody may look at it again. */
void heap_give_back(struct block *block, uintptr_t place)
{
    uintptr_t begin = (uintptr_t)block + RED_ZONE, page = round_up(begin, 4096);

    block->freed = true;
    block->freed_at = place;
    forbid(begin, block->size);
    if (block->size >= LARGE)
        madvise((void *)page, (begin + block->size - page) & ~(size_t)4095, MADV_DONTNEED);
}

struct block *heap_last(void)
{
    return last;
}

/* Faults ------------------------------------------------------------------------- */

static bool is_forbidden(uintptr_t at)
{
    uint8_t allowed = *shadow_of(at);

    return allowed != 0 && at % GRANULE >= (allowed == NO_ACCESS ? 0 : allowed);
}

/* The first byte that must not be accessed; 0: all may be. */
static uintptr_t first_forbidden(uintptr_t at, size_t size)
{
    for (uintptr_t end = at + size; at < end && heap_holds(at);)
        if (*shadow_of(at) == 0)
            at = (at / GRANULE + 1) * GRANULE;
        else if (is_forbidden(at))
            return at;
        else
            at++;
    return 0;
}

struct block *heap_around(uintptr_t at)
{
    for (struct block *block = last; block != NULL; block = block->before)
        if ((uintptr_t)block + RED_ZONE <= at)
            return at - (uintptr_t)block - RED_ZONE <= block->size ? block : NULL;
    return NULL;
}

/* Of two neighbours, a red zone belongs to the one that is nearer. */
static const struct block *nearest(uintptr_t at)
{
    const struct block *after = NULL;

    for (const struct block *block = last; block != NULL; after = block, block = block->before) {
        uintptr_t begin = (uintptr_t)block + RED_ZONE;

        if (begin > at)
            continue;
        if (at < begin + block->size || after == NULL)
            return block;
        return at - begin - block->size <= (uintptr_t)after + RED_ZONE - at ? block : after;
    }
    return after;
}

static void check(uintptr_t at, size_t size, const char *does, uintptr_t place)
{
    uintptr_t bad = heap_holds(at) ? first_forbidden(at, size) : 0;
    const struct block *block = bad != 0 ? nearest(bad) : NULL;

    if (block == NULL)
        return;
    if (block->freed)
        run_fault(place, "freed", block->freed_at, "%s memory that was freed", does);
    run_fault(place, "allocated", block->taken_at, "%s %s a block of %zu byte%s", does,
              bad < (uintptr_t)block + RED_ZONE ? "before" : "behind", block->size,
              block->size == 1 ? "" : "s");
}

void heap_access(uintptr_t at, size_t size, bool writes, uintptr_t place)
{
    check(at, size, writes ? "writes" : "reads", place);
}

void heap_use(uintptr_t at, uintptr_t place)
{
    check(at, 1, "uses", place);
}

void heap_refuse_free(uintptr_t at, uintptr_t place)
{
    const struct block *block = heap_holds(at) ? heap_around(at) : NULL;

    if (block != NULL)
        run_fault(place, "allocated", block->taken_at, "frees the inside of a block");
    run_fault(place, "", 0, "frees what is no block of the heap");
}
