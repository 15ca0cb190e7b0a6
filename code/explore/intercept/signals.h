/*
 * Signals that the program sends to its own threads.
 */
#ifndef EXPLORE_INTERCEPT_SIGNALS_H
#define EXPLORE_INTERCEPT_SIGNALS_H

#include <signal.h>
#include <stdbool.h>
#include <stdint.h>

/* As raise(3): returns when the signal is ignored, blocked or was handled. */
int signal_self(int signal_number, uintptr_t place);

/* The process is ended by it. */
_Noreturn void signal_ends(int signal_number, uintptr_t place);

/* A mark for longjmp(3) is set, which keeps the running thread's mask, or does not; and is
 * jumped to. */
void signals_mark(const void *mark, bool saves);
void signals_jump(const void *mark, uintptr_t place);

/* A new thread has the mask of the running one, if none is given (NULL). */
void signals_inherit(unsigned thread, const sigset_t *given);

#endif
