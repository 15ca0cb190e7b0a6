/*
 * A run that hangs is asked where: see watch.h.
 */
#ifndef EXPLORE_RUN_HANG_H
#define EXPLORE_RUN_HANG_H

#include <signal.h>

/* Programs hardly use the last of the real-time signals. */
#define SIGNAL_WHERE SIGRTMAX

/* The run's process answers from now on. */
void hang_begin(void);

#endif
