/*
 * Two worlds at the same addresses: the search's memory, and that of a run.
 *
 * Each run begins with the memory that was there when the worlds were parted,
 * to the byte. For that, all that can be written is made read-only then; who
 * writes to a page first faults, and from now on the page is `open`: it has a
 * copy of what it held, and each run begins by putting that back. So what is
 * put back is all that was ever changed, whoever changed it: the program, the C
 * library, the explorer itself.
 *
 * What the search has written is no run's business, and is there again when the
 * run is over: of pages that both may write, the search's are kept aside.
 */
#ifndef EXPLORE_WORLD_PAGES_H
#define EXPLORE_WORLD_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum pages_kind {
    PAGES_OF_BOTH,
    PAGES_OF_RUNS,  /* the search never writes them */
    PAGES_OF_STACK, /* ... and they are written from above to below */
    PAGES_OF_NOBODY /* nobody asks for what they held */
};

/* What the kernel writes as it likes, so it is open from the beginning. To be said
 * before the area is known that it lies in; only what was said last counts. */
void pages_spare(uintptr_t begin, uintptr_t end);

/* All that may be written now becomes read-only; `frame` is on the process's own
 * stack. False when we cannot tell what there is. */
bool pages_begin(const void *frame);

/* ... and this, which was mapped before, or since then. Where it does not fill pages,
 * what is around it counts. False: too much. */
bool pages_add(uintptr_t begin, uintptr_t end, enum pages_kind kind);

/* Somebody writes there. False when that is no fault of ours, or too much. */
bool pages_open(uintptr_t at);

/* Two of the kernel's threads may do so at once, from now on or no more: while one of them
 * makes the other. */
void pages_share(bool shared);

/* This is a run's memory from now on; the search's. What the search has is kept aside
 * where `kept` does not say that it is already. */
void pages_to_run(bool kept);
void pages_to_search(void);

/* How many pages are open, or parts of one; what a run has in them can be kept, in so
 * much room, and a later run put back there. Of what was opened since, that run has
 * what runs begin with. */
size_t pages_count(void);
size_t pages_state_size(size_t count);
void pages_keep(void *room);
void pages_to_kept(const void *room, size_t count, bool kept);

/* In a run's memory: runs begin with what is there now. */
void pages_are_new(void);

/* Nothing is read-only any more; for a process that goes on as a run. */
void pages_release(void);

#endif
