#include "heddle/base/array.h"

#include <string.h>

enum { FIRST_CAP = 16 };

void *array_room(void *list, size_t count, size_t *cap, size_t size)
{
    if (count < *cap)
        return list;
    *cap = *cap != 0 ? *cap * 2 : FIRST_CAP;
    return mem_grow(list, *cap, size);
}

/* From one element on: most lists in arenas stay short, and none is freed. */
void *array_room_in(struct arena *arena, void *list, size_t count, size_t *cap, size_t size)
{
    void *moved;

    if (count < *cap)
        return list;
    *cap = *cap != 0 ? *cap * 2 : 1;
    moved = arena_array(arena, *cap, size);
    if (count > 0)
        memcpy(moved, list, count * size);
    return moved;
}
