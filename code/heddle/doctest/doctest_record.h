/*
 * Which tests need not be run, because nothing that they depend on has changed
 * since they passed.
 *
 * A record is a name made of all that: the program's file, its input, what the
 * chapter promises, this heddle, the compiler for a fragment, and the machine
 * (kernel, libraries, packages). Only what passed is recorded. What exploring
 * found is compared each time, and so is what a figure holds: nothing is run for them.
 */
#ifndef HEDDLE_DOCTEST_DOCTEST_RECORD_H
#define HEDDLE_DOCTEST_DOCTEST_RECORD_H

#include "heddle/base/hash.h"
#include "heddle/doctest/doctest.h"

/* The test's record as things stand now. False when it has none, or is not built. */
bool doctest_record_name(const struct doctest *test, const struct doctest_options *options,
                         char name[HASH_DIGITS + 1]);

bool doctest_record_has(const struct doctest_options *options, const char *name);
void doctest_record_keep(const struct doctest_options *options, const char *name);

/* Forget those that were not used for long. */
void doctest_record_prune(const struct doctest_options *options);

#endif
