/*
 * One run as text, a step a line, for pictures and for curious people. The
 * format is described in trace.c.
 */
#ifndef EXPLORE_NAMES_TRACE_H
#define EXPLORE_NAMES_TRACE_H

#include <stdio.h>

#include "explore/model/outcome.h"

/* `printed` is what the run has printed: the steps know only where. */
void trace_write(FILE *out, const char *program, const struct record *run,
                 const struct printed *printed);

#endif
