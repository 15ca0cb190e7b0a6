#define _DEFAULT_SOURCE /* MAP_ANONYMOUS, madvise */
#include "heddle/base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
    FIRST_PAGE = 1024 * 1024, /* untouched pages cost nothing */
    LARGEST_PAGE = 8 * 1024 * 1024,
    HUGE = 2 * 1024 * 1024, /* a huge page of x86-64 and arm64 */
    ALIGNMENT = _Alignof(max_align_t),
};

/* The bytes follow the header, so the header must keep their alignment. */
struct arena_page {
    _Alignas(max_align_t) struct arena_page *older;
    void *mapping;
    size_t mapped;
};

void mem_none(void)
{
    fputs("heddle: out of memory\n", stderr);
    exit(2);
}

void *mem_alloc(size_t size)
{
    void *memory = calloc(1, size != 0 ? size : 1);

    if (memory == NULL)
        mem_none();
    return memory;
}

void *mem_grow(void *old, size_t count, size_t size)
{
    void *memory;

    if (size != 0 && count > SIZE_MAX / size)
        mem_none();
    memory = realloc(old, count * size != 0 ? count * size : 1);
    if (memory == NULL)
        mem_none();
    return memory;
}

/*
 * Fresh memory from the system, zeroed. A large run touches all of it once,
 * and the page faults cost more than the work: ask for huge pages where they
 * exist (a third of the time of a 10 MB tangle).
 */
static struct arena_page *add_page(struct arena *arena, size_t size)
{
    size_t mapped = sizeof(struct arena_page) + size + (size >= HUGE ? HUGE : 0);
    char *mapping = mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    struct arena_page *page;

    if (mapping == MAP_FAILED)
        mem_none();
    page = (struct arena_page *)(void *)mapping;
#ifdef MADV_HUGEPAGE
    if (size >= HUGE) {
        page = (struct arena_page *)(void *)(mapping + (HUGE - (uintptr_t)mapping % HUGE) % HUGE);
        madvise(page, sizeof *page + size, MADV_HUGEPAGE);
    }
#endif
    *page = (struct arena_page){arena->pages, mapping, mapped};
    arena->pages = page;
    return page;
}

/* Pages double, so that large runs get to the size of huge pages. */
static size_t next_page_size(const struct arena *arena)
{
    if (arena->page_size == 0)
        return FIRST_PAGE;
    return arena->page_size < LARGEST_PAGE ? arena->page_size * 2 : LARGEST_PAGE;
}

void *arena_alloc(struct arena *arena, size_t size)
{
    char *memory;

    if (size > SIZE_MAX / 2)
        mem_none();
    size = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    if (arena->next == NULL || (size_t)(arena->end - arena->next) < size) {
        size_t next = next_page_size(arena);

        if (size > next / 4) /* a page of its own; the open one stays open */
            return add_page(arena, size) + 1;
        arena->page_size = next;
        arena->next = (char *)(add_page(arena, next) + 1);
        arena->end = arena->next + next;
    }
    memory = arena->next;
    arena->next += size;
    return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
    if (size != 0 && count > SIZE_MAX / size)
        mem_none();
    return arena_alloc(arena, count * size);
}

char *arena_copy(struct arena *arena, const char *bytes, size_t len)
{
    char *copy = arena_alloc(arena, len + 1);

    if (len > 0)
        memcpy(copy, bytes, len);
    return copy;
}

void arena_adopt(struct arena *arena, struct arena *from)
{
    struct arena_page **end = &from->pages;

    while (*end != NULL)
        end = &(*end)->older;
    *end = arena->pages;
    arena->pages = from->pages;
    *from = (struct arena){0};
}

void arena_free(struct arena *arena)
{
    while (arena->pages != NULL) {
        struct arena_page *older = arena->pages->older;

        munmap(arena->pages->mapping, arena->pages->mapped);
        arena->pages = older;
    }
    *arena = (struct arena){0};
}
