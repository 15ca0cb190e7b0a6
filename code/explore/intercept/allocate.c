/*
 * malloc() and its kin, with a heap of ours (heap.h).
 *
 * To take a block and to give it back are accesses: whoever uses it must come
 * after the first and before the second, or it is a race. Both write the
 * block's edge, so two threads that free the same block are a race as well.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "explore/intercept/allocate.h"
#include "explore/intercept/front_macro.h"
#include "explore/intercept/given.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/heap.h"
#include "explore/run/races.h"
#include "explore/world/memory.h"
#include "explore/world/worlds.h"

/* As much of a new block is looked at: the races are the same everywhere. */
enum { LOOKED_AT = 512, EDGE = 8 };

/* glibc's own, under the names that remain when ours stand in front. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

/*
 * A function of ours in front of the C library's, which we call ourselves, too: under a
 * name that is not the program's to give. So one of its own that is called malloc is
 * never called by us.
 */
#define OURS(type, name, parameters) \
    type own_##name parameters __asm__("explore." #name) __attribute__((alias("front." #name))); \
    FRONT(type, name, parameters)

/* Outside of runs: the search has memory of its own. ---------------------------------- */

static void *outside_take(size_t size, size_t alignment, bool zeros)
{
    void *block = NULL;

    if (!worlds_is_search())
        return zeros ? __libc_calloc(1, size) : __libc_memalign(alignment, size);
    block = memory_take(size, alignment, zeros);
    if (block == NULL)
        errno = ENOMEM;
    return block;
}

static void *outside_retake(void *old, size_t size)
{
    if (old == NULL && worlds_is_search())
        return outside_take(size, 1, false);
    return memory_holds((uintptr_t)old) ? memory_retake(old, size) : __libc_realloc(old, size);
}

static void outside_give_back(void *block)
{
    if (memory_holds((uintptr_t)block))
        memory_give_back(block);
    else
        __libc_free(block);
}

/* In a run ---------------------------------------------------------------------------- */

static bool is_seen(void)
{
    return me != NULL && me->inside == 0;
}

/* Only what the program itself calls is made to fail: the C library's own calls
 * do not come from between these. */
static bool shall_fail(uintptr_t place)
{
    extern char __executable_start[], etext[];

    if (!is_seen() || (record->plan.failing & FAILS_MALLOC) == 0 ||
        place < (uintptr_t)__executable_start || place >= (uintptr_t)etext)
        return false;
    step_simple(OP_ALLOCATE, NULL, 0, TOUCH_NONE, place);
    return step_fails(FAILS_MALLOC);
}

/* What cannot be had on any machine is NULL as it should be; another may have this. */
static void doubt_room(size_t size, uintptr_t place)
{
    if (is_seen() && size > HEAP_MOST && size <= PTRDIFF_MAX)
        run_doubt(place, "asks for a block of %zu bytes, which is more than the explorer has",
                  size);
}

static void *no_room(size_t size, uintptr_t place)
{
    doubt_room(size, place);
    errno = ENOMEM;
    return NULL;
}

static void *take_unasked(size_t size, size_t alignment, uintptr_t place)
{
    char *block = heap_take(size, alignment, place);

    if (block == NULL)
        return no_room(size, place);
    if (is_seen())
        race_note((uintptr_t)block - EDGE, EDGE + (size < LOOKED_AT ? size : LOOKED_AT),
                  ACCESS_WRITE, place);
    return block;
}

static void *take(size_t size, size_t alignment, uintptr_t place)
{
    return shall_fail(place) ? no_room(size, place) : take_unasked(size, alignment, place);
}

/* calloc() apart, nobody promises zeros. */
static void *filled(void *block, size_t size)
{
    static unsigned blocks;

    if (block != NULL && fill_of_memory() != 0)
        fill_unwritten(block, size, ++blocks);
    return block;
}

static void *take_filled(size_t size, size_t alignment, uintptr_t place)
{
    return filled(take(size, alignment, place), size);
}

/* What was there before the run began is glibc's, below its break. */
static bool is_glibcs(const void *block)
{
    extern char _end[];

    return (uintptr_t)block >= (uintptr_t)_end && (uintptr_t)block < (uintptr_t)sbrk(0);
}

static void give_back(void *at, uintptr_t place)
{
    struct block *block = heap_block(at);

    if (is_seen() && block != NULL)
        plain_free((char *)at - EDGE, EDGE + (block->freed ? 0 : block->size), place);
    if (block == NULL && is_glibcs(at))
        __libc_free(at);
    else if (block == NULL)
        heap_refuse_free((uintptr_t)at, place);
    else if (block->freed)
        run_fault(place, "freed", block->freed_at, "frees a block that was freed");
    else
        heap_give_back(block, place);
}

/* It may fail wherever the block would have come to lie. */
static void *give_more(void *old, size_t size, uintptr_t place)
{
    const struct block *block = heap_block(old);
    size_t kept = block != NULL ? block->size : 0;
    void *fresh;

    if (block == NULL && is_glibcs(old))
        return __libc_realloc(old, size);
    if (block == NULL || block->freed)
        give_back(old, place);
    if (shall_fail(place))
        return no_room(size, place);
    if (heap_stretch(old, size))
        return old;
    fresh = filled(take_unasked(size, 1, place), size);
    if (fresh == NULL)
        return NULL;
    me->inside++;
    memcpy(fresh, old, kept < size ? kept : size);
    me->inside--;
    give_back(old, place);
    return fresh;
}

static bool is_power_of_two(size_t number)
{
    return number != 0 && (number & (number - 1)) == 0;
}

/* ISO C --------------------------------------------------------------------------- */

OURS(void *, malloc, (size_t size))
{
    return me == NULL ? outside_take(size, 1, false) : take_filled(size, 1, HERE);
}

OURS(void *, calloc, (size_t count, size_t size))
{
    size_t all;

    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    return me == NULL ? outside_take(all, 1, true) : take(all, 1, HERE);
}

/* A size of 0 frees, as glibc has it. */
OURS(void *, realloc, (void *old, size_t size))
{
    if (me == NULL)
        return outside_retake(old, size);
    if (old == NULL)
        return take_filled(size, 1, HERE);
    if (size > 0)
        return give_more(old, size, HERE);
    give_back(old, HERE);
    return NULL;
}

OURS(void *, reallocarray, (void *old, size_t count, size_t size))
{
    size_t all;

    if (__builtin_mul_overflow(count, size, &all)) {
        errno = ENOMEM;
        return NULL;
    }
    if (me == NULL)
        return outside_retake(old, all);
    return old != NULL ? give_more(old, all, HERE) : take_filled(all, 1, HERE);
}

OURS(void *, aligned_alloc, (size_t alignment, size_t size))
{
    if (me == NULL)
        return outside_take(size, alignment, false);
    if (!is_power_of_two(alignment))
        run_misuse(HERE, "calls aligned_alloc with an alignment that is no power of two");
    if (size % alignment != 0)
        run_misuse(HERE, "calls aligned_alloc with a size that is no multiple of the alignment");
    return take_filled(size, alignment, HERE);
}

OURS(void, free, (void *block))
{
    if (block == NULL)
        return;
    if (me == NULL)
        outside_give_back(block);
    else
        give_back(block, HERE);
}

/* POSIX, and older ------------------------------------------------------------------ */

OURS(int, posix_memalign, (void **result, size_t alignment, size_t size))
{
    int err = errno;
    void *block;

    if (!is_power_of_two(alignment) || alignment % sizeof(void *) != 0)
        return EINVAL;
    block = me == NULL ? outside_take(size, alignment, false) : take_filled(size, alignment, HERE);
    errno = err;
    if (block == NULL)
        return ENOMEM;
    given_writes(result, HERE);
    *result = block;
    return 0;
}

OURS(void *, memalign, (size_t alignment, size_t size))
{
    if (me == NULL)
        return outside_take(size, alignment, false);
    if (!is_power_of_two(alignment))
        run_misuse(HERE, "calls memalign with an alignment that is no power of two");
    return take_filled(size, alignment, HERE);
}

OURS(void *, valloc, (size_t size))
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);

    return me == NULL ? outside_take(size, page, false) : take_filled(size, page, HERE);
}

size_t malloc_usable_size(void *block)
{
    const struct block *known = block != NULL ? heap_block(block) : NULL;

    if (is_seen() && known != NULL)
        run_doubt(HERE, "asks how much a block has, where each heap has its own answer");
    return known != NULL ? known->size : 0;
}

/* The program's own ------------------------------------------------------------------ */

const char *allocate_replaced(void)
{
    static const struct {
        const char *name;
        void (*volatile called)(void);
        void (*volatile ours)(void);
    } list[] = {
#define ONE(name) {#name, (void (*)(void))front_##name, (void (*)(void))own_##name}
        ONE(malloc),        ONE(calloc),         ONE(realloc),  ONE(reallocarray), ONE(free),
        ONE(aligned_alloc), ONE(posix_memalign), ONE(memalign), ONE(valloc),
    };

    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (list[i].called != list[i].ours)
            return list[i].name;
    return NULL;
}
