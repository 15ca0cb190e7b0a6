/*
 * Functions that access memory in bulk.
 */
#include <stdint.h>
#include <string.h>

#include "explore/intercept/tsan_hooks.h"
#include "explore/run/scheduler.h"

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
