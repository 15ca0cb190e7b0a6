/*
 * Signals as chapters write them. Their names are process.h's.
 */
#ifndef HEDDLE_SYSTEM_SIGNAL_NAMES_H
#define HEDDLE_SYSTEM_SIGNAL_NAMES_H

#include "heddle/base/text.h"

/* The number of "SIGTERM", "TERM" or "15"; 0 when it is none. */
int signal_number(struct span words);

#endif
