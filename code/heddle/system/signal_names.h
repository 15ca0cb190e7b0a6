/*
 * Signals by name, with or without SIG.
 */
#ifndef HEDDLE_SYSTEM_SIGNAL_NAMES_H
#define HEDDLE_SYSTEM_SIGNAL_NAMES_H

#include "heddle/base/text.h"

/* 0 when there is none of this name or number. */
int signal_number(struct span name);

/* "SIGTERM"; NULL for a number that has no name here. */
const char *signal_name(int number);

#endif
