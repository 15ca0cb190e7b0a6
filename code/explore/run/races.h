/*
 * Data races by happens-before (Flanagan and Freund, "FastTrack", PLDI 2009,
 * but with every access kept that a later one could race with, so that none is
 * missed): two accesses to the same byte, not both reads, that no
 * synchronisation orders.
 *
 * A program without any has only the outcomes that come from switching
 * threads at synchronisation; so plain accesses become steps only where a
 * race was found: see search.h.
 */
#ifndef EXPLORE_RUN_RACES_H
#define EXPLORE_RUN_RACES_H

#include "explore/run/scheduler.h"

/* An atomic access is weak when its order is not seq_cst. Two that nothing
 * orders are no data race, but then C allows more than its steps in some order:
 * the record says so. Without such a pair, weak accesses might as well be
 * plain ones, and the others are sequentially consistent (Boehm and Adve,
 * "Foundations of the C++ Concurrency Memory Model", PLDI 2008). */
enum access {
    ACCESS_READ,
    ACCESS_WRITE,
    ACCESS_ATOMIC_READ,
    ACCESS_ATOMIC_WRITE,
    ACCESS_WEAK_READ,
    ACCESS_WEAK_WRITE
};

/* How often accesses were seen to race, known ones or not: whoever accesses
 * memory may look whether it did. */
extern unsigned long race_sightings;

/* The running thread accesses memory. A race is written down in the record. */
void race_access(uintptr_t at, size_t size, enum access access, uintptr_t place);

/* ... without asking whether it may. */
void race_note(uintptr_t at, size_t size, enum access access, uintptr_t place);

/* `owner` has ended, and this memory with it: as a write of its, which may race with what
 * the running thread is about to do there. */
void race_note_end(struct thread *owner, uintptr_t at, enum access access, uintptr_t place);

/* ... has left it behind in its step `tick`. */
void race_note_left(struct thread *owner, uint32_t tick, uintptr_t left_place, uintptr_t at,
                    enum access access, uintptr_t place);

/* ... frees it: as a write, where anybody has accessed it. */
void race_free(uintptr_t at, size_t size, uintptr_t place);

/* Did all that the others have done there in this run happen before what the thread is
 * about to do? */
bool races_are_behind(const struct thread *thread, uintptr_t at, size_t size);

/* Before runs: say which memory is theirs (world/worlds.h). */
void races_memory(void);

#endif
