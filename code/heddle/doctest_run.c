#include "doctest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "compile.h"
#include "file.h"
#include "sandbox.h"
#include "signals.h"
#include "tangle.h"

enum { MOST_SHOWN = 40 };       /* lines of an output that a message quotes */

/* What a test finds out; the message begins with the first finding. */
struct trial {
    const struct doctest *test;
    const struct doctest_options *options;
    struct doctest_result *result;
};

/* "chapters/x.md:57: item-52 ", or " and " where something was said before. */
static struct buf *begin_finding(const struct trial *trial)
{
    struct buf *message = &trial->result->message;

    trial->result->outcome = DOCTEST_FAILED;
    if (message->len > 0)
        buf_adds(message, "and ");
    else
        buf_addf(message, "%s:%u: ", trial->test->place.source->path, trial->test->place.line);
    buf_adds(message, trial->test->program != NULL ? trial->test->program : "this block");
    buf_addc(message, ' ');
    return message;
}

/* The beginning of an output, each line behind a bar. */
static void quote_output(struct buf *message, struct span output)
{
    struct span line;
    size_t hidden = 0;

    for (int i = 0; span_line(&output, &line); i++) {
        if (i >= MOST_SHOWN) {
            hidden++;
            continue;
        }
        buf_adds(message, "| ");
        expect_show_line(line, message);
        buf_addc(message, '\n');
    }
    if (hidden > 0)
        buf_addf(message, "\\ and %zu more lines\n", hidden);
}

/* The compiler's own words, which name the chapter's lines. */
static void add_messages(struct buf *message, struct span messages)
{
    struct span line;

    for (int i = 0; i < MOST_SHOWN && span_line(&messages, &line); i++) {
        expect_show_line(line, message);
        buf_addc(message, '\n');
    }
    if (messages.len > 0)
        buf_adds(message, "\\ and more\n");
}

/* In step with the chapter --------------------------------------------------- */

static const char *or_default(const char *given, const char *otherwise)
{
    return given != NULL ? given : otherwise;
}

static bool is_older(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec < b->st_mtim.tv_sec
        || (a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec < b->st_mtim.tv_nsec);
}

static bool holds(const char *path, struct span text)
{
    struct arena arena = { 0 };
    struct diags diags = { 0 };
    struct span found = { 0 };
    bool same = file_read(&arena, path, &found, &diags) && span_equal(found, text);

    arena_free(&arena);
    diag_free(&diags);
    return same;
}

/* Is the twin what the chapter holds now, and the program made after it? */
static bool is_up_to_date(const struct trial *trial, const struct stat *program)
{
    const struct target *target = trial->test->snippet->program;
    struct buf path = { 0 }, text = { 0 };
    struct stat twin;
    bool fresh;

    buf_addf(&path, "%s/%.*s", or_default(trial->options->annotated, "build/annotated"),
             SPAN_ARG(target->path));
    tangle_annotated(target, &text);
    fresh = stat(buf_string(&path), &twin) == 0 && !is_older(program, &twin)
         && holds(buf_string(&path), buf_span(&text));
    buf_free(&path);
    buf_free(&text);
    return fresh;
}

static bool check_built(const struct trial *trial, const char *program)
{
    struct buf *message;
    struct stat about;
    const char *fault = NULL;

    if (stat(program, &about) != 0)
        fault = "is not built; run make";
    else if (!is_up_to_date(trial, &about))
        fault = "is older than its chapter; run make";
    if (fault == NULL)
        return true;
    trial->result->outcome = DOCTEST_FAILED;
    message = &trial->result->message;
    buf_addf(message, "%s:%u: %s %s\n", trial->test->place.source->path, trial->test->place.line,
             program, fault);
    return false;
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
        quote_output(message, printed_to(result, false));
    if (result->err_size > 0) {
        buf_adds(message, "on stderr:\n");
        quote_output(message, printed_to(result, true));
    }
}

/* It did not come to an end of its own, or never began. */
static void report_cut(const struct trial *trial, int err, const struct process_result *result)
{
    struct buf *message = begin_finding(trial);

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
    message = begin_finding(trial);
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
    message = begin_finding(trial);
    buf_addf(message, "%s on %s:\n", shown ? "says" : "prints what no block shows,",
             other_is_err ? "stderr" : "stdout");
    quote_output(message, text);
}

static void judge_own_stream(const struct trial *trial, const struct process_result *result)
{
    struct span text = printed_to(result, trial->test->is_err);
    bool failed = trial->result->outcome == DOCTEST_FAILED;
    struct buf *message;

    if (expect_matches(&trial->test->expect, text))
        return;
    message = begin_finding(trial);
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
        buf_addf(begin_finding(trial), "cannot have a folder of its own: %s\n", strerror(errno));
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
        buf_adds(begin_finding(trial), "leaves files that cannot be removed\n");
}

static void run_output(const struct trial *trial)
{
    struct buf program = { 0 };

    buf_addf(&program, "%s/%s", or_default(trial->options->bin, "build/bin"),
             trial->test->program);
    if (check_built(trial, buf_string(&program)))
        try_output(trial, program.ptr);
    buf_free(&program);
}

/* Compiling ------------------------------------------------------------------- */

static struct compile_options compile_options(const struct trial *trial)
{
    return (struct compile_options){
        .cc = trial->options->cc, .cflags = &trial->test->cflags,
        .code = or_default(trial->options->code, "code"),
        .annotated = or_default(trial->options->annotated, "build/annotated"),
    };
}

static void run_fragment(const struct trial *trial)
{
    struct compile_options options = compile_options(trial);
    struct buf messages = { 0 };

    if (compile_fragment(trial->test->snippet->part, &options, &messages) != COMPILE_ACCEPTED) {
        struct buf *message = begin_finding(trial);

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
    message = begin_finding(trial);
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
        buf_adds(begin_finding(trial), "compiles, but is marked .compile-fail\n");
        break;
    case COMPILE_REFUSED:
        judge_refusal(trial, buf_span(&messages));
        break;
    case COMPILE_NOT_RUN:
        buf_adds(begin_finding(trial), "cannot be compiled\n");
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
