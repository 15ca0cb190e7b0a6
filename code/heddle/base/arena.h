/*
 * Memory of one run: many small allocations, freed together.
 *
 * A zero-initialised arena is empty and ready. What an arena hands out lives
 * until arena_free(). Out of memory says so on stderr and ends the program
 * with status 2, so no function here returns NULL. An arena belongs to one
 * thread at a time.
 *
 * The room base: what any C program could use, and nothing that knows of books.
 */
#ifndef HEDDLE_BASE_ARENA_H
#define HEDDLE_BASE_ARENA_H

#include <stddef.h>

struct arena_page;

struct arena {
    struct arena_page *pages;
    char *next, *end;
    size_t page_size;
};

/* `size` bytes, zeroed, aligned for any object. */
void *arena_alloc(struct arena *arena, size_t size);

/* Room for `count` objects of `size` bytes; an overflow is out of memory. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of `len` bytes with a NUL behind it. */
char *arena_copy(struct arena *arena, const char *bytes, size_t len);

/* What `from` holds now lives as long as `arena`; `from` is empty then. */
void arena_adopt(struct arena *arena, struct arena *from);

void arena_free(struct arena *arena);

/* malloc and realloc for what must grow or outlive an arena; they end the
 * program when there is no memory. The caller frees. */
void *mem_alloc(size_t size);
void *mem_grow(void *old, size_t count, size_t size);

/* For those who find out by themselves that there is none. */
_Noreturn void mem_none(void);

#endif
