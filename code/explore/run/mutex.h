/*
 * What conditions need to know of mutexes.
 */
#ifndef EXPLORE_RUN_MUTEX_H
#define EXPLORE_RUN_MUTEX_H

#include "explore/run/object.h"

/* Ends the run where it is none, or none any more. */
struct object *mutex_at(pthread_mutex_t *mutex, uintptr_t place);

/* The step that locks it, and what it means once the step was taken: 0;
 * EOWNERDEAD, and it is taken nevertheless; ENOTRECOVERABLE. */
struct request mutex_request(const struct object *mutex, enum op_kind kind, uintptr_t place);
int mutex_take(struct object *mutex);

/* Unlock it once. */
void mutex_give_up(struct object *mutex);

/* The running thread ends: what becomes of its robust mutexes is a step each. */
void mutex_abandon_all(void);

/* Does unlocking by others, or waiting without it, only give an error? */
bool mutex_is_checked(const struct object *mutex);

#endif
