/*
 * The files of stdout and stderr, by whatever descriptors a program has them: it may
 * have duplicated one, or put something else in its place.
 */
#ifndef EXPLORE_INTERCEPT_STANDARD_H
#define EXPLORE_INTERCEPT_STANDARD_H

#include <stdbool.h>
#include <stdint.h>

/* STDOUT_FILENO or STDERR_FILENO, whose file the descriptor has; 0: neither's. */
int standard_of(int fd);

/* The program is about to give numbers to files as it likes: from here on, files are
 * told apart by themselves. */
void standard_moves(void);

/* What a step touches that uses the descriptor's file: stdout, stderr, or one thing for
 * all others. */
const volatile void *standard_object(int fd);

/* A step that gives a number to a file, or makes a file; and one that takes the number
 * away. Which are free, and what there is, all of them have in common. */
void files_open(uintptr_t place);
void files_close(int fd, uintptr_t place);

#endif
