/*
 * Endings and waits in words: the same ones in every report.
 */
#ifndef EXPLORE_NAMES_WORDS_H
#define EXPLORE_NAMES_WORDS_H

#include <stdio.h>

#include "explore/model/outcome.h"

/* "exit", "signal", "deadlock" ...: for programs. */
const char *ending_word(enum ending ending);

/* "ends with status 0", "is ended by SIGABRT", "deadlock" ... */
void write_ending(FILE *out, const struct outcome *outcome);

/* Does the ending say that the program is wrong? */
bool is_fault(enum ending ending);

/* "waits for the mutex lock, which count 1 has". The names are those of
 * names_begin. False when that thread waits for nothing. */
bool write_wait(FILE *out, const struct leftover *leftover);

#endif
