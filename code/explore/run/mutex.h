/*
 * What conditions need to know of mutexes.
 */
#ifndef EXPLORE_RUN_MUTEX_H
#define EXPLORE_RUN_MUTEX_H

#include "explore/run/object.h"

struct object *mutex_at(pthread_mutex_t *mutex);

/* The step that locks it, and what it means once the step was taken. */
struct request mutex_request(const struct object *mutex, enum op_kind kind, uintptr_t place);
void mutex_take(struct object *mutex);

/* Give it up, however often it was locked; returns how often that was. */
unsigned mutex_give_up(struct object *mutex);

#endif
