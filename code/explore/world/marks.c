#include "explore/world/marks.h"

#include <stddef.h>
#include <string.h>

#include "explore/world/crew.h"
#include "explore/world/memory.h"
#include "explore/world/pages.h"

enum { MARKS_MOST = 32, PAGES_ALL = 1 << 13, DISTANCE = 8 };

struct mark {
    unsigned steps;
    struct place_to_go place;
    void *pages, *crew; /* room that it has, with or without a mark */
    size_t page_room, page_count;
};

KEPT static struct mark marks[MARKS_MOST];
KEPT static unsigned count;

unsigned marks_distance(void)
{
    return DISTANCE + (unsigned)pages_count() / 8;
}

/* The first one goes: runs branch where they end rather than where they begin. */
static struct mark *take_room(void)
{
    struct mark first = marks[0];

    if (count < MARKS_MOST)
        return &marks[count++];
    memmove(marks, marks + 1, (MARKS_MOST - 1) * sizeof *marks);
    marks[MARKS_MOST - 1] = first;
    return &marks[MARKS_MOST - 1];
}

static bool has_room(struct mark *mark, size_t pages)
{
    if (mark->crew == NULL)
        mark->crew = memory_reserve(crew_state_size());
    if (mark->page_room < pages) {
        mark->page_room = 2 * pages;
        mark->pages = memory_reserve(pages_state_size(mark->page_room));
    }
    return mark->crew != NULL && mark->pages != NULL;
}

void marks_add(unsigned steps, struct place_to_go place)
{
    size_t pages = pages_count();
    struct mark *mark;

    if (pages > PAGES_ALL / MARKS_MOST)
        return;
    mark = take_room();
    if (!has_room(mark, pages)) {
        mark->page_room = 0;
        count--;
        return;
    }
    mark->steps = steps;
    mark->place = place;
    mark->page_count = pages;
    pages_keep(mark->pages);
    crew_keep(mark->crew);
}

unsigned marks_forget_beyond(unsigned steps)
{
    while (count > 0 && marks[count - 1].steps > steps)
        count--;
    return count > 0 ? marks[count - 1].steps : 0;
}

const struct place_to_go *marks_return(bool kept)
{
    const struct mark *mark = &marks[count - 1];

    pages_to_kept(mark->pages, mark->page_count, kept);
    crew_return(mark->crew);
    return &mark->place;
}
