/*
 * Steps that print, or do something else with a file.
 */
#ifndef EXPLORE_INTERCEPT_PRINT_H
#define EXPLORE_INTERCEPT_PRINT_H

#include <stdio.h>

#include "explore/intercept/cut.h"
#include "explore/run/scheduler.h"

struct printing {
    struct event *event;
    FILE *stream;
    int fd;
};

/* The step; what then happens until print_end is nobody's business. `stream`
 * is NULL where there is only a descriptor. */
struct printing print_begin(FILE *stream, int fd, uintptr_t place);

/* ... when it waits for the stream's lock, and prints these pieces (or NULL). */
struct printing print_begin_locked(FILE *stream, int fd, const struct pieces *pieces,
                                   uintptr_t place);

/* What reads standard input is doubted. */
void doubt_input(int fd, uintptr_t place);

/* The running thread keeps the stream's lock behind its step, for another. */
void print_hold(FILE *stream);
void print_let_go(const struct printing *printing);

void print_end(struct printing *printing);

/* Is there text that was printed to a stream's buffer and not flushed by the program? We
 * let it out at every step; a process that ends without exit() may lose it. */
bool print_is_pending(void);

/* ... now it is flushed. */
void print_goes_out(void);

#endif
