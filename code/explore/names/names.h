/*
 * What things are called in reports and traces: threads by the name that the
 * program gave them or by the function they run, objects by their variable or
 * by the words that the program used for them.
 *
 * A name belongs to one thing only: the second mutex that the source calls
 * "q->lock" is "q->lock (2)". Names stay as they are until names_begin.
 *
 * The room names: what threads, objects, places and schedules are called.
 */
#ifndef EXPLORE_NAMES_NAMES_H
#define EXPLORE_NAMES_NAMES_H

#include "explore/model/record.h"

/* Forget all; the threads of a run are these. */
void names_begin(uint32_t thread_count, const char (*names)[NAME_SIZE], const uintptr_t *routines);

const char *thread_name(unsigned thread);

/* What kind of thing a step is about ("mutex"), and its name; "" for none. */
const char *object_kind(const struct op *op, unsigned touch);
const char *object_name(const struct op *op, unsigned touch);

#endif
