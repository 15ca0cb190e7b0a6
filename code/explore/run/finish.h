/*
 * How a run comes to its end, and what it leaves in its record: who waited for what,
 * what was wrong, and why no list of outcomes is proven any more.
 */
#ifndef EXPLORE_RUN_FINISH_H
#define EXPLORE_RUN_FINISH_H

#include "explore/model/record.h"

/* Called when the run is over, before its process ends; or NULL. */
void finish_begin(void (*ended)(void));

/* End the run. */
_Noreturn void run_end(enum ending ending, int status);

/* ... as nobody can take a step, and not all have ended. */
_Noreturn void run_end_stuck(void);
_Noreturn void run_misuse(uintptr_t place, const char *what);

/* Misuse of what was, say, "freed" at the place `since`; or "" and 0. */
_Noreturn void run_fault(uintptr_t place, const char *was, uintptr_t since, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
_Noreturn void run_refuse(uintptr_t place, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Go on, though no list of outcomes is proven any more, because the program ...
 * (a phrase like "calls X, which the explorer does not know"). */
void run_doubt(uintptr_t place, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
