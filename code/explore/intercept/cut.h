/*
 * What the end of the process cuts: exit() flushes streams without waiting for
 * their locks (glibc's _IO_cleanup), so a thread that is printing then may have
 * put some pieces of its text into the buffer, and no more of them. C17 knows no
 * such pieces (7.22.4.4 only says that all is flushed), so these are glibc's: a
 * text and puts' newline, what stands between a format's conversions, and what each
 * of them makes. A number is one piece here, as is all that is wide. A piece that comes
 * while exit() itself writes to the file may be lost, or written twice; and since 2.39
 * glibc waits for the locks. So a list with such an end is doubted (end.c).
 */
#ifndef EXPLORE_INTERCEPT_CUT_H
#define EXPLORE_INTERCEPT_CUT_H

#include <stdarg.h>
#include <stdio.h>

#include "explore/intercept/visit.h"

/* What a thread waits to print; of puts the text, of others a format. */
struct pieces {
    FILE *stream;
    struct visit *visit; /* has read what is printed */
    const char *text, *format;
    va_list args;
};

/* In how many ways may exit() now cut what other threads print, with the one that
 * leaves all of it out? To be asked right after its step. */
unsigned cut_ways(void);

/* Print what way number `way` leaves; 0: nothing. */
void cut_make(unsigned way);

/* A stream without a buffer has nothing to flush. */
void cut_unbuffered(FILE *stream, bool unbuffered);
bool cut_is_unbuffered(const FILE *stream);

#endif
