/*
 * Steps that print, or do something else with a file.
 */
#ifndef EXPLORE_INTERCEPT_PRINT_H
#define EXPLORE_INTERCEPT_PRINT_H

#include <stdio.h>

#include "explore/run/scheduler.h"

struct printing {
    struct event *event;
    FILE *stream;
    int fd;
};

/* The step; what then happens until print_end is nobody's business. `stream`
 * is NULL where there is only a descriptor. */
struct printing print_begin(FILE *stream, int fd, uintptr_t place);
void print_end(const struct printing *printing);

#endif
