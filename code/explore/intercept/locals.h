/*
 * Destructors of C++'s thread-local objects, called here because our threads never
 * really end (keys.h).
 */
#ifndef EXPLORE_INTERCEPT_LOCALS_H
#define EXPLORE_INTERCEPT_LOCALS_H

/* Those of the running thread, the last first, and those that are made meanwhile. */
void locals_destroy(void);

#endif
