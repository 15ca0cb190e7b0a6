/*
 * Arrays that grow: a list, how many are in it, and for how many it has room.
 *
 * The three are variables of the caller, zero at first. They are named more
 * than once in these macros, so they must have no side effects. A push gives
 * the address of the new last element, which is not set yet:
 *
 *     *ARRAY_PUSH(walk->frames, walk->depth, walk->cap) = frame;
 *
 * What is put there must not ask for the count: it may be the old or the new
 * one. Elements may move with each push. Out of memory ends the program.
 */
#ifndef HEDDLE_BASE_ARRAY_H
#define HEDDLE_BASE_ARRAY_H

#include "heddle/base/arena.h"

/* In memory of malloc's: the caller frees the list. */
#define ARRAY_PUSH(list, count, cap) \
    ((list) = array_room((list), (count), &(cap), sizeof *(list)), &(list)[(count)++])

/* In an arena, which keeps the outgrown lists as well until its end. */
#define ARRAY_PUSH_IN(arena, list, count, cap) \
    ((list) = array_room_in((arena), (list), (count), &(cap), sizeof *(list)), &(list)[(count)++])

/* The list, moved when it is full, with room for one more. */
void *array_room(void *list, size_t count, size_t *cap, size_t size);
void *array_room_in(struct arena *arena, void *list, size_t count, size_t *cap, size_t size);

#endif
