/*
 * Between random_program.c and random_compound.c: words that are more than a call.
 */
#ifndef HEDDLE_TESTS_RANDOM_COMPOUND_H
#define HEDDLE_TESTS_RANDOM_COMPOUND_H

#include "random_program.h"

void add_predicate(char *script, unsigned thread);
void add_pair(char *script, unsigned thread);
void add_sixteen(char *script, unsigned thread);
void add_handler(char *script, unsigned thread);
void add_units(char *script, unsigned thread);
void add_waiting(char *script, unsigned thread);
void add_again(char *script, unsigned thread);
void add_maker(char *script, unsigned thread);

#endif
