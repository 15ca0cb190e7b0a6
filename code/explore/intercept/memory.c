/*
 * Memory that comes and goes, and the functions that access it in bulk.
 *
 * To free a block is to write all of it: an access that nothing orders before
 * is a race. Who gets it next has nothing to do with who had it.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "explore/intercept/tsan_hooks.h"
#include "explore/run/races.h"

/* glibc's own, under the names that remain when ours stand in front. */
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *old, size_t size);
void *__libc_memalign(size_t alignment, size_t size);
void __libc_free(void *block);

static void *given(void *block)
{
    if (block != NULL && me != NULL && me->inside == 0)
        race_forget((uintptr_t)block, malloc_usable_size(block));
    return block;
}

static void taken(void *block, uintptr_t place)
{
    if (block != NULL && me != NULL && me->inside == 0)
        plain_free(block, malloc_usable_size(block), place);
}

void *malloc(size_t size)
{
    return given(__libc_malloc(size));
}

void *calloc(size_t count, size_t size)
{
    return given(__libc_calloc(count, size));
}

void *realloc(void *old, size_t size)
{
    taken(old, HERE);
    return given(__libc_realloc(old, size));
}

void *aligned_alloc(size_t alignment, size_t size)
{
    return given(__libc_memalign(alignment, size));
}

int posix_memalign(void **result, size_t alignment, size_t size)
{
    void *block = given(__libc_memalign(alignment, size));

    if (block == NULL)
        return ENOMEM;
    *result = block;
    return 0;
}

void free(void *block)
{
    taken(block, HERE);
    __libc_free(block);
}

/* In bulk --------------------------------------------------------------------- */

/* Written out, so that the compiler finds no memcpy in them. */
static void copy_forwards(char *to, const char *from, size_t size)
{
    for (size_t i = 0; i < size; i++) {
        to[i] = from[i];
        __asm__ volatile("" ::: "memory");
    }
}

static void copy_backwards(char *to, const char *from, size_t size)
{
    for (size_t i = size; i-- > 0;) {
        to[i] = from[i];
        __asm__ volatile("" ::: "memory");
    }
}

void *memmove(void *to, const void *from, size_t size)
{
    plain_access(from, size, 0, HERE);
    plain_access(to, size, 1, HERE);
    if ((uintptr_t)to <= (uintptr_t)from)
        copy_forwards(to, from, size);
    else
        copy_backwards(to, from, size);
    return to;
}

void *memcpy(void *restrict to, const void *restrict from, size_t size)
{
    plain_access(from, size, 0, HERE);
    plain_access(to, size, 1, HERE);
    copy_forwards(to, from, size);
    return to;
}

void *memset(void *to, int byte, size_t size)
{
    plain_access(to, size, 1, HERE);
    for (size_t i = 0; i < size; i++) {
        ((char *)to)[i] = (char)byte;
        __asm__ volatile("" ::: "memory");
    }
    return to;
}
