/*
 * One doc test while it is run: what its messages are made with.
 */
#ifndef HEDDLE_TRIAL_H
#define HEDDLE_TRIAL_H

#include <sys/stat.h>

#include "heddle/doctest/doctest.h"

enum { TRIAL_MOST_SHOWN = 40 };     /* lines of an output that a message quotes */

/* What a test finds out; the message begins with the first finding. */
struct trial {
    const struct doctest *test;
    const struct doctest_options *options;
    struct doctest_result *result;
};

/* The test has failed. The message goes on behind "chapters/x.md:57: item-52 ",
 * or " and item-52 " where something was said before. */
struct buf *trial_begin_finding(const struct trial *trial);

/* The beginning of an output, each line behind a bar. */
void trial_quote(struct buf *message, struct span output);

/* Is this program there, and made of what the chapter holds now? If not, the
 * message says so, and the test has failed. */
bool trial_check_built(const struct trial *trial, const char *program);

/* By the times of their last change. */
bool trial_is_older(const struct stat *a, const struct stat *b);

const char *trial_or(const char *given, const char *otherwise);

/* For SNIPPET_OUTCOMES: compare the block with the record that Make made. */
void trial_compare_outcomes(const struct trial *trial);

#endif
