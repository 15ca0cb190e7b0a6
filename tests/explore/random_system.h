/*
 * Random words of interpret_system.h, and what has to hold of a program that has them.
 */
#ifndef HEDDLE_TESTS_RANDOM_SYSTEM_H
#define HEDDLE_TESTS_RANDOM_SYSTEM_H

#include "random_program.h"

/* Adds words about one kind of thing to the script of thread 1, 2 ... */
typedef void family(char *script, unsigned thread);

family add_event, add_signal, add_end, add_closing, add_bits, add_width, add_box;

/* Leaves out what has no meaning: two who join one thread, or one who uses the number of
 * a thread that may be nobody's by then; a byte behind the last one. */
void system_tidy(struct program *program);

#endif
