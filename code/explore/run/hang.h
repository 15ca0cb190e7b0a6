/*
 * A run that hangs is asked where: see watch.h.
 */
#ifndef EXPLORE_RUN_HANG_H
#define EXPLORE_RUN_HANG_H

/* The last of the real-time signals, which programs hardly use. */
enum { SIGNAL_WHERE = 64 };

/* The run's process answers from now on. */
void hang_begin(void);

#endif
