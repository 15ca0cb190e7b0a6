/*
 * A call on a stream. Each is one step, as each call holds the stream's lock (C17,
 * 7.21.2; POSIX, flockfile(3p)); what it reads and writes of the program's memory
 * is an access, before the step and behind it. The _unlocked ones are steps too,
 * and race with all others on the same stream.
 */
#ifndef EXPLORE_INTERCEPT_STREAM_H
#define EXPLORE_INTERCEPT_STREAM_H

#include <stdio.h>

#include "explore/intercept/print.h"
#include "explore/intercept/visit.h"

struct using
{
    struct visit visit;
    struct printing printing;
    FILE *stream;
    bool locked;
    struct pieces pieces; /* stream: NULL where it is printed as one */
};

/* The visit begins. What the call reads is told between this and stream_enter(). */
void stream_begin(struct using *using, FILE *stream, uintptr_t place);
void stream_begin_unlocked(struct using *using, FILE *stream, uintptr_t place);

/* The step: between these two the library's own function is called. */
void stream_enter(struct using *using);
void stream_leave(struct using *using);

#endif
