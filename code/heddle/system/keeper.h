/*
 * A process that ends what we leave behind, even when we are killed.
 *
 * keeper_begin() splits the program in two. What returns from it does the work; the
 * process that called waits for that one's end, then ends all that is left below it
 * (first SIGTERM, so that Make takes away what is half made) and ends as it
 * did. When the waiting one is killed instead, the other gets SIGTERM.
 * Interrupts reach both: the waiting one passes on what came to it alone, and waits.
 *
 * Only kill -9 for both at the same instant leaves something. Linux; call it before
 * there are threads.
 */
#ifndef HEDDLE_SYSTEM_KEEPER_H
#define HEDDLE_SYSTEM_KEEPER_H

#include <stdbool.h>

/* False with errno when there can be no second process: then there is no keeper, and
 * the caller goes on alone. */
bool keeper_begin(void);

/* Whatever is below us now, ended and waited for. */
void keeper_end_all(void);

#endif
