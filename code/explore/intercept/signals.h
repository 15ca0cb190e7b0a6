/*
 * Signals that the program sends to itself.
 */
#ifndef EXPLORE_INTERCEPT_SIGNALS_H
#define EXPLORE_INTERCEPT_SIGNALS_H

#include <stdint.h>

/* As raise(3): returns when the signal is ignored or was handled. */
int signal_self(int signal_number, uintptr_t place);

#endif
