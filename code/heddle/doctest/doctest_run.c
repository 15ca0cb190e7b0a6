#include "heddle/doctest/doctest.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/doctest/doctest_case.h"
#include "heddle/doctest/doctest_record.h"
#include "heddle/system/observe.h"
#include "heddle/system/sandbox.h"
#include "heddle/tangle/tangle.h"
#include "lib/process.h"

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

bool doctest_case_judge_ending(const struct doctest_case *test_case,
                               const struct process_result *result, int wanted)
{
    struct buf *message;

    if (result->returncode == wanted)
        return true;
    message = doctest_case_begin_finding(test_case);
    buf_adds(message, result->returncode >= 0 ? "ends " : "is ended ");
    add_ending(message, result->returncode);
    buf_adds(message, ", not ");
    add_ending(message, wanted);
    if (result->returncode >= 0)
        buf_addf(message, "; say status=%d if it shall\n", result->returncode);
    else if (process_signal_name(-result->returncode) != NULL)
        buf_addf(message, "; say signal=%s if it shall\n",
                 process_signal_name(-result->returncode) + strlen("SIG"));
    else
        buf_addf(message, "; say signal=%d if it shall\n", -result->returncode);
    return false;
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

/* With newline=no the promise is about the text and one newline behind it,
 * which the program must not have printed itself. */
static void compare_text(const struct doctest_case *test_case, struct span printed)
{
    const struct doctest *test = test_case->test;
    bool finished = printed.len == 0 || printed.ptr[printed.len - 1] == '\n';
    struct buf text = {0}, *message;

    buf_add(&text, printed);
    if (test->unfinished && !finished)
        buf_addc(&text, '\n');
    if (!expect_matches(&test->expect, buf_span(&text))) {
        message = doctest_case_begin_finding(test_case);
        buf_addf(message, "prints something else%s\n", test->is_err ? " on stderr" : "");
        expect_explain(&test->expect, buf_span(&text), message);
    } else if (test->unfinished && finished && printed.len > 0) {
        buf_adds(doctest_case_begin_finding(test_case),
                 "ends its last line with a newline, and newline=no says that it does not\n");
    }
    buf_free(&text);
}

static void judge_own_stream(const struct doctest_case *test_case,
                             const struct process_result *result)
{
    struct span printed = printed_to(result, test_case->test->is_err);
    bool failed = test_case->result->outcome == DOCTEST_FAILED;

    compare_text(test_case, printed);
    if (failed || test_case->result->outcome != DOCTEST_FAILED)
        return;
    test_case->result->outcome = DOCTEST_DIFFERS;
    buf_add(&test_case->result->printed, printed);
}

/* What may help ----------------------------------------------------------------- */

static bool mentions(const struct doctest_case *test_case, const char *word)
{
    struct buf text = {0};
    struct span rest, before;
    bool found;

    tangle_annotated(test_case->test->snippet->program, &text);
    rest = buf_span(&text);
    found = span_find(&rest, word, &before);
    buf_free(&text);
    return found;
}

/* A program that reads a line and finds none goes wrong somewhere else. */
static void hint_at_input(const struct doctest_case *test_case)
{
    static const char *const readers[] = {"stdin", "scanf(", "getchar(", "STDIN_FILENO"};

    if (test_case->test->run->input.len > 0 || test_case->result->outcome == DOCTEST_PASSED)
        return;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        if (mentions(test_case, readers[i])) {
            buf_adds(&test_case->result->message,
                     "\\ its stdin is empty; stdin=\"...\" gives it a text\n");
            return;
        }
}

static void hint_at_threads(const struct doctest_case *test_case)
{
    if (mentions(test_case, "pthread") || mentions(test_case, "threads.h") ||
        mentions(test_case, "thread.h"))
        buf_addf(&test_case->result->message,
                 "\\ if its threads wait for each other: heddle explore %s says for what\n",
                 test_case->test->program);
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

/* Called as one calls it in its own folder, so that no usage line depends on
 * where the book is. A script's words come behind its interpreter's. */
static const char **command_of(const struct target *target, const struct doctest_call *call,
                               struct arena *arena)
{
    struct shell_words words = {0};
    struct buf name = {0};
    const char **argv;

    shell_words_split(&words, arena, target->interpreter);
    argv = arena_array(arena, words.count + call->args->count + 2, sizeof *argv);
    for (size_t i = 0; i < words.count; i++)
        argv[i] = words.list[i];
    buf_addf(&name, "./%.*s", SPAN_ARG(words.count > 0 ? path_name(target->path) : target->name));
    argv[words.count] = buf_take(&name, arena).ptr;
    for (size_t i = 0; i < call->args->count; i++)
        argv[words.count + 1 + i] = call->args->list[i];
    return argv;
}

static int run_program(const struct doctest_case *test_case, const struct doctest_call *call,
                       struct process_result *result)
{
    const struct target *target = test_case->test->snippet->program;
    struct arena arena = {0};
    const char **argv = command_of(target, call, &arena);
    char *path = target->interpreter.len == 0 ? absolute(call->program) : NULL;
    const struct sandbox_call made = {
        .program = path,
        .argv = argv,
        .env = test_case->test->run->env,
        .input = call->input,
        .timeout_ms = test_case->test->run->timeout_ms,
        .one_stream = call->one_stream,
        .isolated = test_case->options->isolated,
    };
    int err = call->seen != NULL
                  ? observe_run(call->sandbox, &made, call->pipes, result, call->seen)
                  : sandbox_run(call->sandbox, &made, result);

    arena_free(&arena);
    free(path);
    return err;
}

/* What a program prints into a pipe stays in its buffer, and is lost when it is
 * ended; it is run once more so that all comes at once (stdbuf(1)). */
static void show_buffered(const struct doctest_case *test_case, const struct doctest_call *call)
{
    const struct doctest_run *run = test_case->test->run;
    struct arena arena = {0};
    const char **argv = arena_array(&arena, call->args->count + 4, sizeof *argv);
    char *path = absolute(call->program);
    struct process_result result;

    argv[0] = "stdbuf";
    argv[1] = "-o0";
    argv[2] = path;
    for (size_t i = 0; i < call->args->count; i++)
        argv[3 + i] = call->args->list[i];
    if (sandbox_run(call->sandbox,
                    &(const struct sandbox_call){
                        .argv = argv,
                        .env = run->env,
                        .input = call->input,
                        .timeout_ms = run->timeout_ms,
                        .isolated = test_case->options->isolated,
                    },
                    &result) == ETIMEDOUT &&
        result.out_size > 0) {
        buf_adds(&test_case->result->message,
                 "\\ what it prints stays in a buffer until fflush(stdout); run "
                 "again without one, it printed:\n");
        doctest_case_quote(&test_case->result->message, printed_to(&result, false));
    }
    process_result_destroy(&result);
    arena_free(&arena);
    free(path);
}

bool doctest_case_call(const struct doctest_case *test_case, const struct doctest_call *call,
                       struct process_result *result)
{
    int err = run_program(test_case, call, result);

    if (err == 0)
        return true;
    report_cut(test_case, err, result);
    if (err == ETIMEDOUT && result->out_size == 0 &&
        test_case->test->snippet->program->interpreter.len == 0)
        show_buffered(test_case, call);
    if (err == ETIMEDOUT)
        hint_at_threads(test_case);
    return false;
}

bool doctest_case_read_input(const struct doctest_case *test_case, struct arena *arena,
                             const char *path, struct doctest_call *call)
{
    struct diags ignored = {0};
    struct buf whole = {0};
    bool found;

    buf_addf(&whole, "%s/%s", call->sandbox, path);
    found = file_read(arena, buf_string(&whole), &call->input, &ignored);
    if (!found)
        buf_addf(doctest_case_begin_finding(test_case),
                 "cannot read %s: there is no such file; a block {file=%s} of this chapter makes "
                 "one, or files= names one\n",
                 path, path);
    buf_free(&whole);
    diag_free(&ignored);
    return found;
}

/* False after saying which file cannot be there. */
static bool put_file(const struct doctest_case *test_case, const char *sandbox,
                     const struct target *file, struct span path)
{
    struct buf text = {0};
    int err;

    tangle_clean(file, &text);
    err = sandbox_add(sandbox, path, buf_span(&text), file->mode);
    if (err != 0)
        buf_addf(doctest_case_begin_finding(test_case), "cannot be given %.*s: %s\n",
                 SPAN_ARG(path), strerror(err));
    buf_free(&text);
    return err == 0;
}

static bool put_files(const struct doctest_case *test_case, const char *sandbox)
{
    const struct doctest_run *run = test_case->test->run;
    const struct target *program = test_case->test->snippet->program;
    bool put = program->interpreter.len == 0 ||
               put_file(test_case, sandbox, program, path_name(program->path));

    for (size_t i = 0; i < run->file_count && put; i++)
        put = put_file(test_case, sandbox, run->files[i], run->files[i]->path);
    return put;
}

static void run_once(const struct doctest_case *test_case, const char *sandbox, const char *program)
{
    const struct doctest_run *run = test_case->test->run;
    const struct doctest_call call = {
        .sandbox = sandbox,
        .program = program,
        .args = &run->args,
        .input = run->input,
    };
    struct process_result result;

    if (doctest_case_call(test_case, &call, &result)) {
        doctest_case_judge_ending(test_case, &result, run->ending);
        judge_other_stream(test_case, &result);
        judge_own_stream(test_case, &result);
        hint_at_input(test_case);
    }
    process_result_destroy(&result);
}

static void try_output(const struct doctest_case *test_case, const char *program)
{
    char *sandbox = sandbox_open();

    if (sandbox == NULL) {
        buf_addf(doctest_case_begin_finding(test_case), "cannot have a folder of its own: %s\n",
                 strerror(errno));
        return;
    }
    if (put_files(test_case, sandbox)) {
        if (test_case->test->session != NULL)
            doctest_case_run_session(test_case, sandbox, program);
        else
            run_once(test_case, sandbox, program);
    }
    if (!sandbox_close(sandbox))
        buf_adds(doctest_case_begin_finding(test_case), "leaves files that cannot be removed\n");
}

bool doctest_case_observe(const struct doctest_case *test_case, bool pipes,
                          struct process_result *result, struct buf *seen)
{
    char *sandbox = sandbox_open();
    struct buf program = {0};
    bool good;

    if (sandbox == NULL)
        return false;
    buf_addf(&program, "%s/%s", doctest_case_or(test_case->options->bin, "build/bin"),
             test_case->test->program);
    good =
        put_files(test_case, sandbox) && doctest_case_call(test_case,
                                                           &(const struct doctest_call){
                                                               .sandbox = sandbox,
                                                               .program = buf_string(&program),
                                                               .args = &test_case->test->run->args,
                                                               .input = test_case->test->run->input,
                                                               .seen = seen,
                                                               .pipes = pipes,
                                                           },
                                                           result);
    buf_free(&program);
    return sandbox_close(sandbox) && good;
}

static void run_output(const struct doctest_case *test_case)
{
    struct buf program = {0};

    buf_addf(&program, "%s/%s", doctest_case_or(test_case->options->bin, "build/bin"),
             test_case->test->program);
    if (test_case->test->snippet->program->interpreter.len > 0 ||
        doctest_case_check_built(test_case, buf_string(&program)))
        try_output(test_case, program.ptr);
    buf_free(&program);
}

static void run_test(const struct doctest *test, const struct doctest_options *options,
                     struct doctest_result *result)
{
    const struct doctest_case test_case = {test, options, result};
    struct timespec begin, end;

    clock_gettime(CLOCK_MONOTONIC, &begin);
    if (test->snippet->kind == SNIPPET_OUTPUT)
        run_output(&test_case);
    else if (test->snippet->kind == SNIPPET_OUTCOMES)
        doctest_case_compare_outcomes(&test_case);
    else if (test->snippet->kind == SNIPPET_FIGURE)
        doctest_case_draw(&test_case);
    else
        doctest_case_compile(&test_case);
    clock_gettime(CLOCK_MONOTONIC, &end);
    result->seconds =
        (double)(end.tv_sec - begin.tv_sec) + (double)(end.tv_nsec - begin.tv_nsec) / 1e9;
}

/* The record is named before the run: what changes meanwhile was not tested. */
void doctest_run_one(const struct doctest *test, const struct doctest_options *options,
                     struct doctest_result *result)
{
    char name[HASH_DIGITS + 1];
    bool named = doctest_record_name(test, options, name);

    *result = (struct doctest_result){.outcome = DOCTEST_PASSED};
    result->unchanged = named && doctest_record_has(options, name);
    if (result->unchanged)
        return;
    run_test(test, options, result);
    if (named && result->outcome == DOCTEST_PASSED)
        doctest_record_keep(options, name);
}

void doctest_result_free(struct doctest_result *result)
{
    buf_free(&result->message);
    buf_free(&result->printed);
}
