#include "arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAGE_SIZE = 256 * 1024, ALIGNMENT = _Alignof(max_align_t) };

/* The bytes follow the header, so the header must keep their alignment. */
struct arena_page {
    _Alignas(max_align_t) struct arena_page *older;
};

static void no_memory(void)
{
    fputs("heddle: out of memory\n", stderr);
    exit(2);
}

void *mem_alloc(size_t size)
{
    void *memory = calloc(1, size != 0 ? size : 1);

    if (memory == NULL)
        no_memory();
    return memory;
}

void *mem_grow(void *old, size_t count, size_t size)
{
    void *memory;

    if (size != 0 && count > SIZE_MAX / size)
        no_memory();
    memory = realloc(old, count * size != 0 ? count * size : 1);
    if (memory == NULL)
        no_memory();
    return memory;
}

/* Fresh pages come zeroed from the system at no cost (calloc). */
static struct arena_page *add_page(struct arena *arena, size_t size)
{
    struct arena_page *page = mem_alloc(sizeof *page + size);

    page->older = arena->pages;
    arena->pages = page;
    return page;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    char *memory;

    if (size > SIZE_MAX / 2)
        no_memory();
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (size > PAGE_SIZE / 4)
        return add_page(arena, size) + 1;
    if ((size_t)(arena->end - arena->next) < size) {
        arena->next = (char *)(add_page(arena, PAGE_SIZE) + 1);
        arena->end = arena->next + PAGE_SIZE;
    }
    memory = arena->next;
    arena->next += size;
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        no_memory();
    return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len > 0)
        memcpy(copy, bytes, len);
    return copy;
}

void arena_free(struct arena *arena)
{
    while (arena->pages != NULL) {
        struct arena_page *older = arena->pages->older;

        free(arena->pages);
        arena->pages = older;
    }
    arena->next = arena->end = NULL;
}
