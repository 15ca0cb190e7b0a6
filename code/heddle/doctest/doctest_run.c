#include "heddle/doctest/doctest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "heddle/doctest/compile.h"
#include "heddle/doctest/doctest_case.h"
#include "heddle/system/sandbox.h"
#include "lib/process.h"

/* The compiler's own words, which name the chapter's lines. */
static void add_messages(struct buf *message, struct span messages)
{
    struct span line;

    for (int i = 0; i < DOCTEST_CASE_MOST_SHOWN && span_line(&messages, &line); i++) {
        expect_show_line(line, message);
        buf_addc(message, '\n');
    }
    if (messages.len > 0)
        buf_adds(message, "\\ and more\n");
}

/* The end of a run ------------------------------------------------------------ */

/* "with status 1" or "by SIGSEGV". */
static void add_ending(struct buf *message, int ending)
{
    const char *name = ending < 0 ? process_signal_name(-ending) : NULL;

    if (ending >= 0)
        buf_addf(message, "with status %d", ending);
    else if (name != NULL)
        buf_addf(message, "by %s", name);
    else
        buf_addf(message, "by signal %d", -ending);
}

static void add_seconds(struct buf *message, int64_t ms)
{
    if (ms % 1000 == 0)
        buf_addf(message, "%ld s", (long)(ms / 1000));
    else
        buf_addf(message, "%ld ms", (long)ms);
}

static struct span printed_to(const struct process_result *result, bool err)
{
    return err ? (struct span){result->err, result->err_size}
               : (struct span){result->out, result->out_size};
}

static void quote_both(struct buf *message, const struct process_result *result)
{
    if (result->out_size > 0)
        doctest_case_quote(message, printed_to(result, false));
    if (result->err_size > 0) {
        buf_adds(message, "on stderr:\n");
        doctest_case_quote(message, printed_to(result, true));
    }
}

/* It did not come to an end of its own, or never began. */
static void report_cut(const struct doctest_case *test_case, int err,
                       const struct process_result *result)
{
    struct buf *message = doctest_case_begin_finding(test_case);

    if (err == ETIMEDOUT) {
        buf_adds(message, "timed out after ");
        add_seconds(message, test_case->test->run->timeout_ms);
        buf_adds(message, result->out_size + result->err_size > 0 ? "; so far it printed:\n"
                                                                  : " and had printed nothing\n");
        quote_both(message, result);
    } else if (err == EFBIG) {
        buf_addf(message, "printed more than %d MiB, beginning with:\n",
                 SANDBOX_MOST_OUTPUT / 1024 / 1024);
        quote_both(message, result);
    } else {
        buf_addf(message, "cannot be run: %s\n", strerror(err));
    }
}

static void judge_ending(const struct doctest_case *test_case, const struct process_result *result)
{
    struct buf *message;

    if (result->returncode == test_case->test->run->ending)
        return;
    message = doctest_case_begin_finding(test_case);
    buf_adds(message, result->returncode >= 0 ? "ends " : "is ended ");
    add_ending(message, result->returncode);
    buf_adds(message, ", not ");
    add_ending(message, test_case->test->run->ending);
    buf_addc(message, '\n');
}

/* The stream that this block is not about: empty, unless another block shows
 * it. When a run went wrong, what it said there is why. */
static void judge_other_stream(const struct doctest_case *test_case,
                               const struct process_result *result)
{
    bool other_is_err = !test_case->test->is_err;
    const struct doctest_run *run = test_case->test->run;
    bool shown = other_is_err ? run->shows_err : run->shows_out;
    struct span text = printed_to(result, other_is_err);
    struct buf *message;

    if (text.len == 0 || (shown && test_case->result->outcome != DOCTEST_FAILED))
        return;
    message = doctest_case_begin_finding(test_case);
    buf_addf(message, "%s on %s:\n", shown ? "says" : "prints what no block shows,",
             other_is_err ? "stderr" : "stdout");
    doctest_case_quote(message, text);
}

static void judge_own_stream(const struct doctest_case *test_case,
                             const struct process_result *result)
{
    struct span text = printed_to(result, test_case->test->is_err);
    bool failed = test_case->result->outcome == DOCTEST_FAILED;
    struct buf *message;

    if (expect_matches(&test_case->test->expect, text))
        return;
    message = doctest_case_begin_finding(test_case);
    buf_addf(message, "prints something else%s\n", test_case->test->is_err ? " on stderr" : "");
    expect_explain(&test_case->test->expect, text, message);
    if (failed)
        return;
    test_case->result->outcome = DOCTEST_DIFFERS;
    buf_add(&test_case->result->printed, text);
}

/* Running --------------------------------------------------------------------- */

static char *absolute(const char *path)
{
    struct buf whole = {0};
    char folder[4096];

    if (path[0] != '/' && getcwd(folder, sizeof folder) != NULL)
        buf_addf(&whole, "%s/", folder);
    buf_adds(&whole, path);
    buf_string(&whole);
    return whole.ptr;
}

static int run_program(const struct doctest_case *test_case, const char *sandbox,
                       const char *program, struct process_result *result)
{
    const struct doctest_run *run = test_case->test->run;
    const char **argv = mem_alloc((run->args.count + 2) * sizeof *argv);
    char *path = absolute(program);
    int err;

    argv[0] = path;
    for (size_t i = 0; i < run->args.count; i++)
        argv[i + 1] = run->args.list[i];
    err = sandbox_run(sandbox, argv, &run->env, run->input, run->timeout_ms, result);
    free(argv);
    free(path);
    return err;
}

static void try_output(const struct doctest_case *test_case, const char *program)
{
    char *sandbox = sandbox_open();
    struct process_result result;
    int err;

    if (sandbox == NULL) {
        buf_addf(doctest_case_begin_finding(test_case), "cannot have a folder of its own: %s\n",
                 strerror(errno));
        return;
    }
    err = run_program(test_case, sandbox, program, &result);
    if (err != 0) {
        report_cut(test_case, err, &result);
    } else {
        judge_ending(test_case, &result);
        judge_other_stream(test_case, &result);
        judge_own_stream(test_case, &result);
    }
    process_result_destroy(&result);
    if (!sandbox_close(sandbox))
        buf_adds(doctest_case_begin_finding(test_case), "leaves files that cannot be removed\n");
}

static void run_output(const struct doctest_case *test_case)
{
    struct buf program = {0};

    buf_addf(&program, "%s/%s", doctest_case_or(test_case->options->bin, "build/bin"),
             test_case->test->program);
    if (doctest_case_check_built(test_case, buf_string(&program)))
        try_output(test_case, program.ptr);
    buf_free(&program);
}

/* Compiling ------------------------------------------------------------------- */

static struct compile_options compile_options(const struct doctest_case *test_case)
{
    return (struct compile_options){
        .cc = test_case->options->cc,
        .cflags = &test_case->test->cflags,
        .code = doctest_case_or(test_case->options->code, "code"),
        .annotated = doctest_case_or(test_case->options->annotated, "build/annotated"),
    };
}

static void run_fragment(const struct doctest_case *test_case)
{
    struct compile_options options = compile_options(test_case);
    struct buf messages = {0};

    if (compile_fragment(test_case->test->snippet->part, &options, &messages) != COMPILE_ACCEPTED) {
        struct buf *message = doctest_case_begin_finding(test_case);

        buf_adds(message, "does not compile, as it is or inside of a function\n");
        add_messages(message, buf_span(&messages));
    }
    buf_free(&messages);
}

/* "chapters/x.md:12:5: error: ..." without its place. */
static struct span without_place(struct span line)
{
    struct span rest = line, number;
    unsigned long value;
    size_t colon;

    while (rest.len > 0) {
        for (colon = 0; colon < rest.len && rest.ptr[colon] != ':'; colon++)
            ;
        number = (struct span){rest.ptr, colon};
        rest = span_skip(rest, colon + 1);
        if (rest.ptr > line.ptr && span_starts(rest, " ") && span_number(number, 1ul << 31, &value))
            return span_skip(rest, 1);
    }
    return line;
}

/* The first promised line that no message is, in order; NULL when all are. */
static const struct expect_line *missing_message(const struct expect *expect, struct span messages)
{
    struct span line;

    for (size_t i = 0; i < expect->count; i++) {
        const struct expect_line *wanted = &expect->lines[i];
        bool found = wanted->any_lines;

        while (!found && span_line(&messages, &line))
            found = pattern_matches(&wanted->pattern, line) ||
                    pattern_matches(&wanted->pattern, without_place(line));
        if (!found)
            return wanted;
    }
    return NULL;
}

static void judge_refusal(const struct doctest_case *test_case, struct span messages)
{
    const struct expect_line *missing = missing_message(&test_case->test->expect, messages);
    struct buf *message;

    if (missing == NULL)
        return;
    message = doctest_case_begin_finding(test_case);
    buf_adds(message, "does not compile, but for another reason than the one shown\n-");
    expect_show_line(missing->pattern.text, message);
    buf_addc(message, '\n');
    add_messages(message, messages);
}

static void run_compile_fail(const struct doctest_case *test_case)
{
    struct compile_options options = compile_options(test_case);
    struct buf messages = {0};

    switch (compile_part(test_case->test->snippet->part, &options, &messages)) {
    case COMPILE_ACCEPTED:
        buf_adds(doctest_case_begin_finding(test_case), "compiles, but is marked .compile-fail\n");
        break;
    case COMPILE_REFUSED:
        judge_refusal(test_case, buf_span(&messages));
        break;
    case COMPILE_NOT_RUN:
        buf_adds(doctest_case_begin_finding(test_case), "cannot be compiled\n");
        add_messages(&test_case->result->message, buf_span(&messages));
        break;
    }
    buf_free(&messages);
}

void doctest_run_one(const struct doctest *test, const struct doctest_options *options,
                     struct doctest_result *result)
{
    const struct doctest_case test_case = {test, options, result};
    struct timespec begin, end;

    *result = (struct doctest_result){.outcome = DOCTEST_PASSED};
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (test->snippet->kind == SNIPPET_OUTPUT)
        run_output(&test_case);
    else if (test->snippet->kind == SNIPPET_OUTCOMES)
        doctest_case_compare_outcomes(&test_case);
    else if (test->snippet->kind == SNIPPET_FRAGMENT)
        run_fragment(&test_case);
    else
        run_compile_fail(&test_case);
    clock_gettime(CLOCK_MONOTONIC, &end);
    result->seconds =
        (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

void doctest_result_free(struct doctest_result *result)
{
    buf_free(&result->message);
    buf_free(&result->printed);
}
