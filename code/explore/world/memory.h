/*
 * Memory of the search: it stays as it is whatever a run does, for it is none
 * of the pages that are put back (pages.h).
 */
#ifndef EXPLORE_WORLD_MEMORY_H
#define EXPLORE_WORLD_MEMORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A variable that both worlds see, and that no run begins anew. */
#define KEPT __attribute__((section("explore_kept")))

/* Much memory in which nobody counts on finding anything: it holds what any run
 * has left there, or zeros, and is never put back. link.sh knows its name. */
#define SCRATCH __attribute__((section(".bss.explore_scratch")))

/* Reserve it. False when the system does not let us. */
bool memory_begin(void);

/* So much of it, with zeros and on a page of its own, for ever. NULL: no room. */
void *memory_reserve(size_t size);

/* Is the address in it? */
bool memory_holds(uintptr_t at);

/* The range that it lies in. */
void memory_range(uintptr_t *begin, uintptr_t *end);

/* As malloc(3), and so on, for the search only. memory_take gives zeros where
 * `zeros` is asked for. */
void *memory_take(size_t size, size_t alignment, bool zeros);
void *memory_retake(void *old, size_t size);
void memory_give_back(void *block);

#endif
