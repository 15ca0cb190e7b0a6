/*
 * A schedule as text: who takes which steps, in order, and where plain
 * accesses are steps.
 *
 *     0x5,1x2,0,2/1,1x3@count+1b,count+33
 *
 * Thread 0 takes five steps, thread 1 two, thread 0 one, thread 2 one with
 * its alternative 1 ... Behind the @ stand the places of plain accesses that
 * count as steps, in hexadecimal bytes from the beginning of a function ("count~2":
 * the second one of that name); "@*" is all of them. So a schedule holds until the function is compiled to
 * something else.
 *
 * "rc11:0x5,1x2,2/1" is one of a graph (growth.h): the alternative says how old what
 * a thread reads is.
 */
#ifndef EXPLORE_NAMES_SCHEDULE_H
#define EXPLORE_NAMES_SCHEDULE_H

#include "explore/model/record.h"

/* The text, from malloc. */
char *schedule_text(const struct choice *choices, uint32_t count, const struct plan *plan);

/* Fill in choices and places; false when that is no schedule. */
bool schedule_read(struct plan *plan, const char *text);

#endif
