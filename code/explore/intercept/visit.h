/*
 * A call of the C library, as far as other threads can see it: the memory that
 * it reads and the memory that it writes.
 *
 * The library's own code has no hooks. So whoever stands in front of it says
 * what it reads before it does, and what it has written after. As long as the
 * program's call is not known to race, that is all: nothing happens between
 * two steps, and when an access is told makes no difference. At a place that
 * races each access is a step. Then the bytes that were read, one after the
 * other, may never have been in memory together; the library is shown them
 * nevertheless, and what it writes is taken back and appears bit by bit:
 *
 *     visit_begin(&visit, HERE);
 *     visit_reads_text(&visit, from, SIZE_MAX, 1);
 *     visit_enter(&visit);
 *     visit_writes(&visit, to, strlen(from) + 1);
 *     ... the library's own ...
 *     visit_leave(&visit);
 *     visit_end(&visit);
 *
 * C does not say in which order a library function accesses memory. Here all
 * reading comes first, then all writing, both upwards. What has more than eight
 * bytes is read or written in one step; where that races, the list is doubted.
 */
#ifndef EXPLORE_INTERCEPT_VISIT_H
#define EXPLORE_INTERCEPT_VISIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PIECES_MOST = 48 };

struct piece {
    unsigned char *at, *was; /* was: there, before the library is called */
    unsigned char *seen;     /* what was read, or has been written */
    size_t size, unit;       /* in bytes; a unit is one access */
    bool writes;
};

struct visit {
    uintptr_t place;
    bool seen;  /* somebody may notice: the program calls, in a run */
    bool steps; /* the place races */
    unsigned count;
    struct piece pieces[PIECES_MOST];
};

void visit_begin(struct visit *visit, uintptr_t place);
/* Bytes; or one thing, like a number or a pointer. */
void visit_reads(struct visit *visit, const volatile void *at, size_t size);
void visit_reads_one(struct visit *visit, const volatile void *at, size_t size);

/* Up to a zero, which is read as well, or `most` characters of `unit` bytes. */
void visit_reads_text(struct visit *visit, const void *text, size_t most, size_t unit);

/* Up to this byte, or `most` bytes. */
void visit_reads_until(struct visit *visit, const void *at, size_t most, int byte);

/* At most `size` bytes. Returns a number for visit_wrote, which may say that it
 * were less in truth. */
unsigned visit_writes(struct visit *visit, void *at, size_t size);
unsigned visit_writes_units(struct visit *visit, void *at, size_t size, size_t unit);
void visit_wrote(struct visit *visit, unsigned piece, size_t size);

/* Memory holds what was read. */
void visit_enter(struct visit *visit);

/* Memory is as it was before. */
void visit_leave(struct visit *visit);

/* What nobody has seen yet comes to be: errno stays as it is. */
void visit_end(struct visit *visit);

#endif
