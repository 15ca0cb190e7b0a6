/*
 * Variables that have ended while their thread goes on: those of a block whose function is
 * there still, and those of functions that have returned. Their memory is on the stack
 * still, and nobody may use it (C17, 6.2.4p2).
 */
#ifndef EXPLORE_RUN_BLOCKS_H
#define EXPLORE_RUN_BLOCKS_H

#include "explore/run/scheduler.h"

/* When a thread has left some of its memory, by its clock, and where. */
struct leaving {
    uintptr_t at, end, place;
    uint32_t tick;
};

/* A variable of the running thread ends, or begins, maybe once more. One may end that has
 * not begun. */
void block_end(uintptr_t at, size_t size, uintptr_t place);
void block_begin(uintptr_t at, size_t size);

/* The running thread has no frames below `end` any more; those from `at` on it had. */
void blocks_leave(uintptr_t end);
void blocks_leave_frame(uintptr_t at, uintptr_t end, uintptr_t place);

/* How a variable of the thread's has ended that lay here: NULL, it has not; and how such
 * memory was left that no frame has any more: NULL, too long ago. */
const struct leaving *block_ended(const struct thread *thread, uintptr_t at);
const struct leaving *frame_left(const struct thread *thread, uintptr_t at);

#endif
