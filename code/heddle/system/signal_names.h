/*
 * Signals by name, with or without SIG.
 */
#ifndef HEDDLE_SIGNALS_H
#define HEDDLE_SIGNALS_H

#include "heddle/base/text.h"

/* 0 when there is none of this name or number. */
int signals_number(struct span name);

/* "SIGTERM"; NULL for a number that has no name here. */
const char *signals_name(int number);

#endif
