#define _GNU_SOURCE
#include "explore/world/pages.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/world/kernel.h"
#include "explore/world/memory.h"

enum { PAGE = 4096, AREAS_MOST = 128, SPANS_MOST = 1 << 14, MAPS_SIZE = 1 << 18 };

struct area {
    uintptr_t begin, end;
    uintptr_t mapped; /* of the process's stack: from here on it is there */
    uint8_t *is_open; /* of each page */
    enum pages_kind kind;
};

/* Of an open page, all but what is kept. */
struct span {
    unsigned char *at, *run, *search; /* what it holds in a run, first; what in the search */
    size_t size;
    bool is_zero; /* in a run, first */
};

KEPT static struct area areas[AREAS_MOST];
KEPT static size_t area_count;
KEPT static uintptr_t spared, spared_end;
KEPT static struct span *spans;
KEPT static size_t span_count;
KEPT static bool is_shared, is_opening; /* pages_share(); one of them opens a page */

/* What no run begins anew: the linker's names. */
extern unsigned char __start_explore_kept[] __attribute__((weak, visibility("hidden"))),
    __stop_explore_kept[] __attribute__((weak, visibility("hidden"))),
    __start_explore_scratch[] __attribute__((weak, visibility("hidden"))),
    __stop_explore_scratch[] __attribute__((weak, visibility("hidden")));

/* Opening ----------------------------------------------------------------------- */

static bool holds_zeros(const unsigned char *at, size_t size)
{
    return at[0] == 0 && memcmp(at, at + 1, size - 1) == 0;
}

static bool add_span(uintptr_t begin, uintptr_t end, enum pages_kind kind)
{
    struct span *span = &spans[span_count];

    if (begin >= end)
        return true;
    if (span_count == SPANS_MOST)
        return false;
    *span = (struct span){.at = (unsigned char *)begin, .size = end - begin};
    span->is_zero = holds_zeros(span->at, span->size);
    span->run = memory_reserve(PAGE);
    span->search = kind == PAGES_OF_BOTH ? memory_reserve(PAGE) : NULL;
    if (span->run == NULL || (kind == PAGES_OF_BOTH && span->search == NULL))
        return false;
    memcpy(span->run, span->at, span->size);
    if (span->search != NULL)
        memcpy(span->search, span->at, span->size);
    span_count++;
    return true;
}

static bool open_page(struct area *area, uintptr_t page)
{
    uintptr_t end = page + PAGE;
    uintptr_t kept = (uintptr_t)__start_explore_kept, kept_end = (uintptr_t)__stop_explore_kept;
    uint8_t *is_open = &area->is_open[(page - area->begin) / PAGE];

    if (*is_open != 0)
        return true;
    *is_open = 1;
    if (page < area->mapped)
        area->mapped = page;
    if (kernel_call(SYS_mprotect, (long)page, PAGE, PROT_READ | PROT_WRITE) != 0)
        return false;
    if (kept >= end || kept_end <= page)
        return add_span(page, end, area->kind);
    return add_span(page, kept, area->kind) && add_span(kept_end, end, area->kind);
}

static struct area *area_of(uintptr_t at)
{
    for (size_t i = 0; i < area_count; i++)
        if (at >= areas[i].begin && at < areas[i].end)
            return &areas[i];
    return NULL;
}

/* On a stack the next page as well: what the kernel is to fill in may lie there, and
 * the kernel does not fault but refuse. It is given small things, by functions
 * with small frames, whose beginning the processor has written before. */
static bool open_at(uintptr_t at)
{
    struct area *area = area_of(at);
    uintptr_t page = at & ~(uintptr_t)(PAGE - 1);

    if (area == NULL || area->is_open[(page - area->begin) / PAGE] != 0 || !open_page(area, page))
        return false;
    if (area->kind != PAGES_OF_STACK || page == area->begin)
        return true;
    (void)*(volatile const char *)(page - PAGE); /* the process's own stack grows by that */
    return open_page(area, page - PAGE);
}

static bool was_opened(uintptr_t at)
{
    const struct area *area = area_of(at);

    return area != NULL && area->is_open[(at - area->begin) / PAGE] != 0;
}

/* Of two, the second may come for what the first has just opened. */
bool pages_open(uintptr_t at)
{
    bool good;

    if (!is_shared)
        return open_at(at);
    while (__atomic_exchange_n(&is_opening, true, __ATOMIC_ACQUIRE))
        continue;
    good = was_opened(at) || open_at(at);
    __atomic_store_n(&is_opening, false, __ATOMIC_RELEASE);
    return good;
}

void pages_share(bool shared)
{
    is_shared = shared;
}

/* Areas --------------------------------------------------------------------------- */

void pages_spare(uintptr_t begin, uintptr_t end)
{
    spared = begin & ~(uintptr_t)(PAGE - 1);
    spared_end = (end + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
}

static bool forbid(uintptr_t begin, uintptr_t end)
{
    return begin >= end || mprotect((void *)begin, end - begin, PROT_READ) == 0;
}

static bool forbid_area(struct area *area)
{
    uintptr_t from = spared > area->mapped ? spared : area->mapped;
    uintptr_t to = spared_end < area->end ? spared_end : area->end;

    if (from >= to)
        return forbid(area->mapped, area->end);
    for (uintptr_t page = from; page < to; page += PAGE)
        if (!open_page(area, page))
            return false;
    return forbid(area->mapped, from) && forbid(to, area->end);
}

static bool note_area(uintptr_t begin, uintptr_t end, uintptr_t mapped, enum pages_kind kind)
{
    struct area *area = &areas[area_count];

    if (spans == NULL)
        spans = memory_reserve(SPANS_MOST * sizeof *spans);
    if (begin >= end)
        return true;
    if (area_count == AREAS_MOST)
        return false;
    *area = (struct area){.begin = begin, .end = end, .mapped = mapped, .kind = kind};
    area->is_open = memory_reserve((end - begin) / PAGE);
    area_count++;
    if (kind == PAGES_OF_NOBODY)
        return true;
    return spans != NULL && area->is_open != NULL && forbid_area(area);
}

bool pages_add(uintptr_t begin, uintptr_t end, enum pages_kind kind)
{
    begin = (begin + PAGE - 1) & ~(uintptr_t)(PAGE - 1);
    end &= ~(uintptr_t)(PAGE - 1);
    return note_area(begin, end, begin, kind);
}

/* It grows down to its limit, or until it meets what else is there. */
static bool note_stack(uintptr_t begin, uintptr_t end)
{
    const size_t most = (size_t)64 << 20;
    struct rlimit limit;
    size_t room = most;

    if (getrlimit(RLIMIT_STACK, &limit) == 0 && limit.rlim_cur < most)
        room = limit.rlim_cur & ~(size_t)(PAGE - 1);
    if (room < end - begin)
        room = end - begin;
    return note_area(end - room, end, begin, PAGES_OF_STACK);
}

/* The first area in the range, or NULL. */
static const struct area *first_area(uintptr_t begin, uintptr_t end)
{
    const struct area *first = NULL;

    for (size_t i = 0; i < area_count; i++)
        if (areas[i].begin < end && areas[i].end > begin &&
            (first == NULL || areas[i].begin < first->begin))
            first = &areas[i];
    return first;
}

/* All but what was said before. */
static bool note_rest(uintptr_t begin, uintptr_t end)
{
    const struct area *area;
    bool good = true;

    while (good && begin < end) {
        area = first_area(begin, end);
        good = note_area(begin, area != NULL ? area->begin : end, begin, PAGES_OF_BOTH);
        begin = area != NULL ? area->end : end;
    }
    return good;
}

/* All but the search's. */
static bool note_mapping(uintptr_t begin, uintptr_t end, uintptr_t frame)
{
    uintptr_t ours, ours_end;

    memory_range(&ours, &ours_end);
    if (frame >= begin && frame < end)
        return note_stack(begin, end);
    if (begin >= ours_end || end <= ours)
        return note_rest(begin, end);
    return note_rest(begin, ours) && note_rest(ours_end, end);
}

/* proc(5): "begin-end perms ..."; p is for private. */
static const char *read_line(const char *line, uintptr_t *begin, uintptr_t *end)
{
    char *rest;

    *begin = strtoul(line, &rest, 16);
    *end = *rest == '-' ? strtoul(rest + 1, &rest, 16) : 0;
    return rest;
}

/* What can be written and run (a stack with gcc's functions inside others), or is
 * written by others as well, nobody has here. */
static bool can_note(const char *line)
{
    uintptr_t begin, end;
    const char *rest = read_line(line, &begin, &end);

    return end != 0 && (rest[2] != 'w' || strncmp(rest, " rw-", 4) == 0);
}

static bool note_line(const char *line, uintptr_t frame)
{
    uintptr_t begin, end;
    const char *rest = read_line(line, &begin, &end);

    return strncmp(rest, " rw-p", 5) != 0 || note_mapping(begin, end, frame);
}

static char *read_maps(void)
{
    char *text = memory_reserve(MAPS_SIZE);
    int fd = open("/proc/self/maps", O_RDONLY | O_CLOEXEC);
    size_t size = 0;
    ssize_t got = 1;

    while (fd >= 0 && text != NULL && got > 0 && size < MAPS_SIZE - 1) {
        got = real.read(fd, text + size, MAPS_SIZE - 1 - size);
        size += got > 0 ? (size_t)got : 0;
    }
    if (fd >= 0)
        real.close(fd);
    return fd >= 0 && got == 0 ? text : NULL;
}

/* Nothing is forbidden before all can be: who is refused goes on with all its pages. */
bool pages_begin(const void *frame)
{
    const char *maps = read_maps(), *at;

    for (at = maps; at != NULL && *at != '\0'; at = strchr(at, '\n') + 1)
        if (!can_note(at))
            return false;
    if (maps == NULL || !pages_add((uintptr_t)__start_explore_scratch,
                                   (uintptr_t)__stop_explore_scratch, PAGES_OF_NOBODY))
        return false;
    for (at = maps; *at != '\0'; at = strchr(at, '\n') + 1)
        if (!note_line(at, (uintptr_t)frame))
            return false;
    return true;
}

void pages_release(void)
{
    for (size_t i = 0; i < area_count; i++)
        mprotect((void *)areas[i].mapped, areas[i].end - areas[i].mapped, PROT_READ | PROT_WRITE);
}

/* From one world to the other ------------------------------------------------------- */

static void keep_search(const struct span *span)
{
    if (span->search != NULL)
        memcpy(span->search, span->at, span->size);
}

static void begin_span(const struct span *span)
{
    if (span->is_zero)
        memset(span->at, 0, span->size);
    else
        memcpy(span->at, span->run, span->size);
}

void pages_to_run(bool kept)
{
    for (size_t i = 0; i < span_count; i++) {
        if (!kept)
            keep_search(&spans[i]);
        begin_span(&spans[i]);
    }
}

void pages_to_search(void)
{
    for (size_t i = 0; i < span_count; i++)
        if (spans[i].search != NULL)
            memcpy(spans[i].at, spans[i].search, spans[i].size);
}

size_t pages_count(void)
{
    return span_count;
}

size_t pages_state_size(size_t count)
{
    return count * PAGE;
}

void pages_keep(void *room)
{
    for (size_t i = 0; i < span_count; i++)
        memcpy((unsigned char *)room + i * PAGE, spans[i].at, spans[i].size);
}

void pages_to_kept(const void *room, size_t count, bool kept)
{
    for (size_t i = 0; i < span_count; i++) {
        if (!kept)
            keep_search(&spans[i]);
        if (i < count)
            memcpy(spans[i].at, (const unsigned char *)room + i * PAGE, spans[i].size);
        else
            begin_span(&spans[i]);
    }
}

void pages_are_new(void)
{
    for (size_t i = 0; i < span_count; i++) {
        memcpy(spans[i].run, spans[i].at, spans[i].size);
        spans[i].is_zero = holds_zeros(spans[i].at, spans[i].size);
    }
}
