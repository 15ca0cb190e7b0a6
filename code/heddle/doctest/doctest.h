/*
 * Doc tests: every output that a chapter shows is compared with what its
 * program prints, every .fragment is compiled, every .compile-fail block must
 * be refused for the reason shown.
 *
 * One block is one test case with a name of its own:
 * "chapters/20-subprocess.md:57 item-52-run-and-wait". Output blocks of the
 * same program in one chapter with equal args, stdin and env show the same run
 * from several sides: its stdout, its stderr, how it ends. What no block shows
 * must be empty.
 *
 * A figure must hold what its program prints, or what was seen of the program as
 * it is; one that is stale has its run made anew, for --bless.
 *
 * What a block lists as outcomes is compared with what Make recorded when it
 * explored the program's schedules; nothing is run for it here.
 *
 * A list is read-only once it is collected; any number of threads may run its
 * tests. It points into its web, which must outlive it.
 *
 * The room doctest: what the chapters promise is compiled, run and compared.
 */
#ifndef HEDDLE_DOCTEST_DOCTEST_H
#define HEDDLE_DOCTEST_DOCTEST_H

#include "heddle/base/shell_words.h"
#include "heddle/expect/expect.h"
#include "heddle/doctest/session.h"
#include "heddle/figures/figure.h"
#include "heddle/outcomes/outcomes.h"
#include "heddle/web/web.h"

/* How a program is run, and how that shall end. */
struct doctest_run {
    struct shell_words args, env; /* env: NAME=value, added to a small environment */
    struct span input;
    const struct target **files; /* what stands in its folder */
    size_t file_count;
    int64_t timeout_ms;          /* the longest that its blocks ask for, or 10 s */
    bool limited;                /* one of them asks */
    int ending;                  /* exit status, or minus a signal's number */
    const struct attr *ended_by; /* which attribute says so, or NULL */
    const struct snippet *ended_in;
    bool shows_out, shows_err; /* some block has this stream */
};

/* What an outcomes block says. */
struct doctest_claim {
    struct outcomes_how how;
    struct outcome_list outcomes;
    struct shell_words races; /* the objects that threads are said to race for */
    const char *record;       /* its result's file, below the explored programs */
};

struct doctest {
    const char *name;
    const struct web *web;
    const struct snippet *snippet;
    struct place place;
    const char *program;         /* of these, and of figures; else NULL */
    struct doctest_run *run;     /* SNIPPET_OUTPUT and SNIPPET_FIGURE only */
    struct doctest_claim *claim; /* SNIPPET_OUTCOMES only */
    struct figure *figure;       /* SNIPPET_FIGURE only */
    bool is_err;                 /* stream=stderr */
    struct session *session;     /* a block ```console; else NULL */
    bool unfinished;             /* newline=no: its last line has no newline */
    struct expect expect;        /* the output, or the compiler's messages; empty for outcomes */
    struct shell_words cflags;   /* a fragment's */
};

struct doctest_list {
    struct arena arena;
    struct doctest *tests; /* in chapter order */
    size_t count;
};

/*
 * Read what the web's blocks promise. Bad values, malformed patterns and
 * contradictions are reported at their places; then the answer is false, and
 * the list holds the tests that could be read. Give it back in either case.
 */
bool doctest_collect(struct doctest_list *list, const struct web *web, struct diags *diags);
void doctest_free(struct doctest_list *list);

struct doctest_options {
    const char *bin;        /* NULL: build/bin */
    const char *explored;   /* NULL: build/explore */
    const char *annotated;  /* NULL: build/annotated */
    const char *code;       /* NULL: code; where fragments look for headers */
    const char *cc;         /* NULL: $CC, or else cc */
    const char *filter;     /* only tests with this in their name */
    unsigned shard, shards; /* only every shards-th test, from number shard (1 ...);
                                   0: all */
    unsigned jobs;          /* at the same time; 0: as many as there are CPUs */
    const char *records;    /* a folder; NULL: run every test (see doctest_record.h) */
    bool all;               /* run those that did not change as well */
    bool json, colour, progress;
    bool isolated;     /* programs run shut in (sandbox.h) */
    struct buf *junit; /* NULL; or where the results go as XML, in JUnit's form */
};

enum doctest_outcome {
    DOCTEST_PASSED,
    DOCTEST_DIFFERS, /* all is as promised but the block's own text */
    DOCTEST_FAILED
};

struct doctest_result {
    enum doctest_outcome outcome;
    struct buf message; /* whole lines; empty when it passed */
    struct buf printed; /* DOCTEST_DIFFERS: what the block should show */
    double seconds;
    bool unchanged; /* it passed before, and nothing has changed since: it was not run */
};

/* Run one test and wait for it, unless there is a record of it. Programs run in a working directory of their
 * own, which is removed. The caller frees the result. */
void doctest_run_one(const struct doctest *test, const struct doctest_options *options,
                     struct doctest_result *result);
void doctest_result_free(struct doctest_result *result);

/*
 * Run the tests that the options select, in parallel, and report each in the
 * list's order, from the calling thread. The result is gone after the report.
 * Returns how many there were. While it runs, this process adopts what its
 * programs leave behind, and ends it at the end (see sandbox.h).
 */
typedef void doctest_report(void *context, const struct doctest *test,
                            struct doctest_result *result);
size_t doctest_run_each(const struct doctest_list *list, const struct doctest_options *options,
                        doctest_report *report, void *context);

/* A result's message, with colours for its diff when they are wanted. */
void doctest_print_message(FILE *out, struct span message, bool colour);

/* "3/8": 0 < K <= N. */
bool doctest_parse_shard(const char *text, unsigned *shard, unsigned *shards);

/*
 * Run the tests that the options select and print what failed to `out`, then
 * "23 passed, 1 failed, 5 unchanged"; or all of it as a JSON object. Returns the exit
 * status: 0, 1 when a test failed or the book has none, 2 when no test has the
 * filter in its name.
 */
int doctest_run_all(const struct doctest_list *list, const struct doctest_options *options,
                    FILE *out);

#endif
