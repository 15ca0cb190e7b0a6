/*
 * Stacks: where a function's frame ends, and whose frame an address lies in.
 */
#ifndef EXPLORE_RUN_FRAMES_H
#define EXPLORE_RUN_FRAMES_H

#include "explore/run/scheduler.h"

/* The end of the stack of the function that called from `place`, for the
 * running thread; NULL when somebody on the way keeps no frame pointer. */
const char *frame_of(uintptr_t place);

/* Where the frames of the program end in a thread that has asked for a step;
 * NULL: unknown. */
const char *frames_end(const struct thread *thread);

/* The running thread accesses memory. Ends the run where that is a variable of
 * a function that has returned, or of a thread that has ended. */
void frames_access(uintptr_t at, bool writes, uintptr_t place);

/* Is this some thread's stack? */
bool frames_hold(uintptr_t at);

/* To look whether another thread, in whose memory this lies, is there still. */
struct touch frames_touch(uintptr_t at);

/* The running thread ends, and its variables with it: whoever else has accessed them must
 * have done so before, or it is a race. */
void frames_leave_all(void);

#endif
