/*
 * The heap of a run: blocks that are never given out twice, each between two
 * red zones, so that every access to a block that is gone or to what lies
 * beside one is known for what it is (Serebryany et al., "AddressSanitizer",
 * USENIX ATC 2012, whose shadow this is: a byte for eight).
 *
 * As no address comes back, a program that relies on that (or breaks by it, as
 * with the ABA problem) shows something else: a use of memory that was freed. What
 * it only compares is seen by search/otherwise.h, in one of whose worlds they do come back.
 */
#ifndef EXPLORE_RUN_HEAP_H
#define EXPLORE_RUN_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { HEAP_HEAD = 64 }; /* so far behind a block is its memory */

/* No block is larger, of 4 GiB for all. */
#define HEAP_MOST ((size_t)1 << 31)

struct block {
    size_t size;
    uintptr_t taken_at, freed_at; /* places in the program */
    struct block *before;         /* given out before this one */
    uint32_t magic;
    bool freed, ours, marked; /* ours: made inside of the runtime's own code */
};

/* Make room for it, if that was not done; *size is how large. NULL: there is none. */
void *heap_begin(size_t *size);

/* A block of memory, with zeros; `alignment` is a power of two. NULL: no room. */
void *heap_take(size_t size, size_t alignment, uintptr_t place);

/* Is the address anywhere in this heap? */
bool heap_holds(uintptr_t at);

/* The block that begins there, freed or not; NULL when none does. */
struct block *heap_block(const void *begin);

/* True where the block that begins there may stay, and has another size now: only where
 * addresses turn round, and as far as a heap of the usual kind had no need to move it. */
bool heap_stretch(void *begin, size_t size);

/* Its memory may not be accessed any more. */
void heap_give_back(struct block *block, uintptr_t place);

/* The running thread accesses memory. Ends the run where it must not. */
void heap_access(uintptr_t at, size_t size, bool writes, uintptr_t place);

/* ... uses an object in it, of which only its beginning is looked at. */
void heap_use(uintptr_t at, uintptr_t place);

/* free() of what is no block: ends the run. */
_Noreturn void heap_refuse_free(uintptr_t at, uintptr_t place);

/* What was given out last, or NULL: the others are behind it. */
struct block *heap_last(void);

/* The block that this address lies in, its end included; NULL: none. */
struct block *heap_around(uintptr_t at);

#endif
