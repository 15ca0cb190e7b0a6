#include "heddle/doctest/doctest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "heddle/doctest/compile.h"
#include "heddle/system/sandbox.h"
#include "heddle/system/signal_names.h"
#include "heddle/doctest/doctest_case.h"

/* The compiler's own words, which name the chapter's lines. */
static void add_messages(struct buf *message, struct span messages)
{
    struct span line;

    for (int i = 0; i < TRIAL_MOST_SHOWN && span_line(&messages, &line); i++) {
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
    const char *name = ending < 0 ? signals_name(-ending) : NULL;

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
    return err ? (struct span){ result->err, result->err_size }
               : (struct span){ result->out, result->out_size };
}

static void quote_both(struct buf *message, const struct process_result *result)
{
    if (result->out_size > 0)
        trial_quote(message, printed_to(result, false));
    if (result->err_size > 0) {
        buf_adds(message, "on stderr:\n");
        trial_quote(message, printed_to(result, true));
    }
}

/* It did not come to an end of its own, or never began. */
static void report_cut(const struct trial *trial, int err, const struct process_result *result)
{
    struct buf *message = trial_begin_finding(trial);

    if (err == ETIMEDOUT) {
        buf_adds(message, "timed out after ");
        add_seconds(message, trial->test->run->timeout_ms);
        buf_adds(message, result->out_size + result->err_size > 0
                 ? "; so far it printed:\n" : " and had printed nothing\n");
        quote_both(message, result);
    } else if (err == EFBIG) {
        buf_addf(message, "printed more than %d MiB, beginning with:\n",
                 SANDBOX_MOST_OUTPUT / 1024 / 1024);
        quote_both(message, result);
    } else {
        buf_addf(message, "cannot be run: %s\n", strerror(err));
    }
}

static void judge_ending(const struct trial *trial, const struct process_result *result)
{
    struct buf *message;

    if (result->returncode == trial->test->run->ending)
        return;
    message = trial_begin_finding(trial);
    buf_adds(message, result->returncode >= 0 ? "ends " : "is ended ");
    add_ending(message, result->returncode);
    buf_adds(message, ", not ");
    add_ending(message, trial->test->run->ending);
    buf_addc(message, '\n');
}

/* The stream that this block is not about: empty, unless another block shows
 * it. When a run went wrong, what it said there is why. */
static void judge_other_stream(const struct trial *trial, const struct process_result *result)
{
    bool other_is_err = !trial->test->is_err;
    const struct doctest_run *run = trial->test->run;
    bool shown = other_is_err ? run->shows_err : run->shows_out;
    struct span text = printed_to(result, other_is_err);
    struct buf *message;

    if (text.len == 0 || (shown && trial->result->outcome != DOCTEST_FAILED))
        return;
    message = trial_begin_finding(trial);
    buf_addf(message, "%s on %s:\n", shown ? "says" : "prints what no block shows,",
             other_is_err ? "stderr" : "stdout");
    trial_quote(message, text);
}

static void judge_own_stream(const struct trial *trial, const struct process_result *result)
{
    struct span text = printed_to(result, trial->test->is_err);
    bool failed = trial->result->outcome == DOCTEST_FAILED;
    struct buf *message;

    if (expect_matches(&trial->test->expect, text))
        return;
    message = trial_begin_finding(trial);
    buf_addf(message, "prints something else%s\n", trial->test->is_err ? " on stderr" : "");
    expect_explain(&trial->test->expect, text, message);
    if (failed)
        return;
    trial->result->outcome = DOCTEST_DIFFERS;
    buf_add(&trial->result->printed, text);
}

/* Running --------------------------------------------------------------------- */

static char *absolute(const char *path)
{
    struct buf whole = { 0 };
    char folder[4096];

    if (path[0] != '/' && getcwd(folder, sizeof folder) != NULL)
        buf_addf(&whole, "%s/", folder);
    buf_adds(&whole, path);
    buf_string(&whole);
    return whole.ptr;
}

static int run_program(const struct trial *trial, const char *sandbox, const char *program,
                       struct process_result *result)
{
    const struct doctest_run *run = trial->test->run;
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

static void try_output(const struct trial *trial, const char *program)
{
    char *sandbox = sandbox_open();
    struct process_result result;
    int err;

    if (sandbox == NULL) {
        buf_addf(trial_begin_finding(trial), "cannot have a folder of its own: %s\n", strerror(errno));
        return;
    }
    err = run_program(trial, sandbox, program, &result);
    if (err != 0) {
        report_cut(trial, err, &result);
    } else {
        judge_ending(trial, &result);
        judge_other_stream(trial, &result);
        judge_own_stream(trial, &result);
    }
    process_result_destroy(&result);
    if (!sandbox_close(sandbox))
        buf_adds(trial_begin_finding(trial), "leaves files that cannot be removed\n");
}

static void run_output(const struct trial *trial)
{
    struct buf program = { 0 };

    buf_addf(&program, "%s/%s", trial_or(trial->options->bin, "build/bin"),
             trial->test->program);
    if (trial_check_built(trial, buf_string(&program)))
        try_output(trial, program.ptr);
    buf_free(&program);
}

/* Compiling ------------------------------------------------------------------- */

static struct compile_options compile_options(const struct trial *trial)
{
    return (struct compile_options){
        .cc = trial->options->cc, .cflags = &trial->test->cflags,
        .code = trial_or(trial->options->code, "code"),
        .annotated = trial_or(trial->options->annotated, "build/annotated"),
    };
}

static void run_fragment(const struct trial *trial)
{
    struct compile_options options = compile_options(trial);
    struct buf messages = { 0 };

    if (compile_fragment(trial->test->snippet->part, &options, &messages) != COMPILE_ACCEPTED) {
        struct buf *message = trial_begin_finding(trial);

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
        number = (struct span){ rest.ptr, colon };
        rest = span_skip(rest, colon + 1);
        if (rest.ptr > line.ptr && span_starts(rest, " ")
            && span_number(number, 1ul << 31, &value))
            return span_skip(rest, 1);
    }
    return line;
}

/* The first promised line that no message is, in order; NULL when all are. */
static const struct expect_line *missing_message(const struct expect *expect,
                                                 struct span messages)
{
    struct span line;

    for (size_t i = 0; i < expect->count; i++) {
        const struct expect_line *wanted = &expect->lines[i];
        bool found = wanted->any_lines;

        while (!found && span_line(&messages, &line))
            found = pattern_matches(&wanted->pattern, line)
                 || pattern_matches(&wanted->pattern, without_place(line));
        if (!found)
            return wanted;
    }
    return NULL;
}

static void judge_refusal(const struct trial *trial, struct span messages)
{
    const struct expect_line *missing = missing_message(&trial->test->expect, messages);
    struct buf *message;

    if (missing == NULL)
        return;
    message = trial_begin_finding(trial);
    buf_adds(message, "does not compile, but for another reason than the one shown\n-");
    expect_show_line(missing->pattern.text, message);
    buf_addc(message, '\n');
    add_messages(message, messages);
}

static void run_compile_fail(const struct trial *trial)
{
    struct compile_options options = compile_options(trial);
    struct buf messages = { 0 };

    switch (compile_part(trial->test->snippet->part, &options, &messages)) {
    case COMPILE_ACCEPTED:
        buf_adds(trial_begin_finding(trial), "compiles, but is marked .compile-fail\n");
        break;
    case COMPILE_REFUSED:
        judge_refusal(trial, buf_span(&messages));
        break;
    case COMPILE_NOT_RUN:
        buf_adds(trial_begin_finding(trial), "cannot be compiled\n");
        add_messages(&trial->result->message, buf_span(&messages));
        break;
    }
    buf_free(&messages);
}

void doctest_run_one(const struct doctest *test, const struct doctest_options *options,
                     struct doctest_result *result)
{
    const struct trial trial = { test, options, result };
    struct timespec begin, end;

    *result = (struct doctest_result){ .outcome = DOCTEST_PASSED };
    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (test->snippet->kind == SNIPPET_OUTPUT)
        run_output(&trial);
    else if (test->snippet->kind == SNIPPET_OUTCOMES)
        trial_compare_outcomes(&trial);
    else if (test->snippet->kind == SNIPPET_FRAGMENT)
        run_fragment(&trial);
    else
        run_compile_fail(&trial);
    clock_gettime(CLOCK_MONOTONIC, &end);
    result->seconds = (double)(end.tv_sec - begin.tv_sec)
                    + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

void doctest_result_free(struct doctest_result *result)
{
    buf_free(&result->message);
    buf_free(&result->printed);
}
