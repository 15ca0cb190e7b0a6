/*
 * One doc test while it is run: what its messages are made with.
 */
#ifndef HEDDLE_DOCTEST_DOCTEST_CASE_H
#define HEDDLE_DOCTEST_DOCTEST_CASE_H

#include <sys/stat.h>

#include "heddle/doctest/doctest.h"
#include "lib/process.h"

enum { DOCTEST_CASE_MOST_SHOWN = 40 }; /* lines of an output that a message quotes */

/* What a test finds out; the message begins with the first finding. */
struct doctest_case {
    const struct doctest *test;
    const struct doctest_options *options;
    struct doctest_result *result;
};

/* The test has failed. The message goes on behind
 * "chapters/x.md:57:4: error: item-52 ", or " and item-52 " where something was said before. */
struct buf *doctest_case_begin_finding(const struct doctest_case *test_case);

/* The beginning of an output, each line behind a bar. */
void doctest_case_quote(struct buf *message, struct span output);

/* Is this program there, and made of what the chapter holds now? If not, the
 * message says so, and the test has failed. */
bool doctest_case_check_built(const struct doctest_case *test_case, const char *program);

/* By the times of their last change. */
bool doctest_case_is_older(const struct stat *a, const struct stat *b);

const char *doctest_case_or(const char *given, const char *otherwise);

/* One call of the test's program. */
struct doctest_call {
    const char *sandbox, *program; /* paths */
    const struct shell_words *args;
    struct span input;
    bool one_stream;
    struct buf *seen; /* NULL, or what is seen of it from outside: observe.h */
    bool pipes;
};

/* Make it. False after saying that it did not come to an end of its own, or
 * never began. The caller destroys the result in either case. */
bool doctest_case_call(const struct doctest_case *test_case, const struct doctest_call *call,
                       struct process_result *result);

/* The text of a file in the sandbox, as the call's input; false after saying
 * that there is none. */
bool doctest_case_read_input(const struct doctest_case *test_case, struct arena *arena,
                             const char *path, struct doctest_call *call);

/* False after saying that it ended otherwise. */
bool doctest_case_judge_ending(const struct doctest_case *test_case,
                               const struct process_result *result, int wanted);

/* For a SNIPPET_OUTPUT that is a session. */
void doctest_case_run_session(const struct doctest_case *test_case, const char *sandbox,
                              const char *program);

/* For SNIPPET_FRAGMENT and SNIPPET_COMPILE_FAIL. */
void doctest_case_compile(const struct doctest_case *test_case);

/* For SNIPPET_FIGURE. */
void doctest_case_draw(const struct doctest_case *test_case);

/* The program and the files that the test puts beside it, run once in a sandbox;
 * `seen`, unless it is NULL, gets what was observed. */
bool doctest_case_observe(const struct doctest_case *test_case, bool pipes,
                          struct process_result *result, struct buf *seen);

/* For SNIPPET_OUTCOMES: compare the block with the record that Make made. */
void doctest_case_compare_outcomes(const struct doctest_case *test_case);

#endif
