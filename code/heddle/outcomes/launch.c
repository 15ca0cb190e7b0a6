#include "heddle/outcomes/launch.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/outcomes/outcomes.h"
#include "heddle/outcomes/picture.h"
#include "lib/process.h"

/* A graph to play with has to be loaded; one that is asked for, to be waited for. */
enum { RECORDED_STATES = 6000, SHOWN_STATES = 100000 };

static void add_word(struct buf *words, const char *name, const char *value)
{
    if (value != NULL)
        buf_addf(words, "%s=%s ", name, value);
}

/* What the explored program reads: code/explore/options.h. */
static void add_words(struct buf *words, const struct launch_options *options, const char *program)
{
    if (options->words != NULL)
        buf_addf(words, "%s ", options->words);
    if (options->json)
        buf_adds(words, "json ");
    if (options->states)
        buf_adds(words, "by-states ");
    if (options->graph)
        buf_addf(words, "graph states=%u ",
                 options->record != NULL ? RECORDED_STATES : SHOWN_STATES);
    if (options->leaks)
        buf_adds(words, "leaks ");
    add_word(words, "replay", options->replay);
    add_word(words, "trace", options->trace);
    add_word(words, "runs", options->runs);
    add_word(words, "seconds", options->seconds);
    add_word(words, "steps", options->steps);
    add_word(words, "bound", options->bound);
    add_word(words, "spurious", options->spurious);
    add_word(words, "jobs", options->jobs);
    add_word(words, "shard", options->shard);
    add_word(words, "reduce", options->reduce);
    add_word(words, "engine", options->engine);
    add_word(words, "failing", options->failing);
    add_word(words, "model", options->model);
    if (strchr(program, ' ') == NULL)
        add_word(words, "program", program);
}

/* Its words go to stderr, as stdout is for the result. */
bool launch_make(const char *makefile, const char *const words[], struct diags *diags)
{
    static const char *const first[] = {"make", "--silent", "--no-print-directory", "-f"};
    enum { FIRST = sizeof first / sizeof *first };
    struct process_result result;
    const char *make = getenv("MAKE"), **argv;
    size_t count = 0;
    int err;

    while (words[count] != NULL)
        count++;
    argv = mem_alloc((FIRST + count + 2) * sizeof *argv);
    memcpy(argv, first, sizeof first);
    if (make != NULL && *make != '\0')
        argv[0] = make;
    argv[FIRST] = makefile;
    memcpy(argv + FIRST + 1, words, (count + 1) * sizeof *argv);
    err = process_run(argv,
                      &(const struct process_options){
                          .stdout_to = PROCESS_FD,
                          .stdout_fd = STDERR_FILENO,
                          .death_signal = SIGTERM, /* it takes away what is half made */
                      },
                      &result);
    free(argv);
    if (err != 0)
        diag_system(diags, "cannot run make: %s", strerror(err));
    err = err != 0 || result.returncode != 0;
    process_result_destroy(&result);
    return err == 0;
}

static bool build(const struct launch_options *options, const char *target, struct diags *diags)
{
    struct buf explorer = {0};
    bool built;

    buf_addf(&explorer, "BOOK_EXPLORER=%s", options->explorer != NULL ? options->explorer : "");
    built =
        launch_make(options->makefile,
                    (const char *const[]){target,
                                          options->explorer != NULL ? buf_string(&explorer) : NULL,
                                          NULL},
                    diags);
    if (!built)
        diag_add(diags, DIAG_ERROR, (struct place){0}, 0, "make cannot build \"%s\"", target);
    buf_free(&explorer);
    return built;
}

/* Under gdb: with the debugger's own words before the program's. */
static void run(const struct launch_options *options, const char *path,
                const char *const arguments[], size_t count, struct diags *diags)
{
    char **argv = mem_alloc((count + 4) * sizeof *argv);
    size_t words = 0;

    if (options->gdb) {
        argv[words++] = strdup("gdb");
        argv[words++] = strdup("-q");
        argv[words++] = strdup("--args");
    }
    argv[words++] = strdup(path);
    for (size_t i = 1; i < count; i++)
        argv[words++] = strdup(arguments[i]);
    argv[words] = NULL;
    fflush(stdout);
    execvp(argv[0], argv);
    diag_system(diags, "cannot run \"%s\": %s", argv[0], strerror(errno));
    for (size_t i = 0; i < words; i++)
        free(argv[i]);
    free(argv);
}

/* Recording ------------------------------------------------------------------- */

/* Run it once, as EXPLORE says, with its stdout appended to `out`. */
static bool run_as(struct buf *words, const struct shell_words *argv, struct buf *out,
                   struct diags *diags)
{
    struct process_result result;
    int err;

    if (setenv("EXPLORE", buf_string(words), 1) != 0) {
        diag_system(diags, "no memory for the environment");
        return false;
    }
    err = process_run(argv->list,
                      &(const struct process_options){
                          .stdin_from = PROCESS_DEVNULL,
                          .stdout_to = PROCESS_PIPE,
                          .output_limit = FILE_MOST / 4,
                          .death_signal = SIGKILL,
                      },
                      &result);
    if (err != 0)
        diag_system(diags, "cannot run \"%s\": %s", argv->list[0], strerror(err));
    else if (result.out_size == 0)
        diag_add(diags, DIAG_ERROR, (struct place){0}, 0, "\"%s\" cannot be explored",
                 argv->list[0]);
    else
        buf_add(out, (struct span){result.out, result.out_size});
    err = err != 0 || result.out_size == 0;
    process_result_destroy(&result);
    return err == 0;
}

static bool add_traces(const struct launch_options *options, const struct shell_words *argv,
                       const char *name, struct buf *record, struct diags *diags)
{
    struct arena arena = {0};
    struct explored explored = {0};
    bool good = outcomes_read_record(&explored, &arena, buf_span(record));

    if (!good)
        diag_add(diags, DIAG_ERROR, (struct place){0}, 0, "\"%s\" does not say what it found",
                 argv->list[0]);
    for (size_t i = 0; good && i < explored.outcomes.count && i < OUTCOMES_MOST_TRACES; i++) {
        struct launch_options once = *options;
        struct buf words = {0};
        struct span schedule = explored.outcomes.list[i].schedule;

        once.json = false;
        once.trace = arena_copy(&arena, schedule.ptr, schedule.len);
        add_words(&words, &once, name);
        good = run_as(&words, argv, record, diags);
        buf_free(&words);
    }
    arena_free(&arena);
    return good;
}

static struct shell_words command_of(const char *path, const char *const arguments[], size_t count)
{
    struct shell_words argv = {.list = mem_alloc((count + 1) * sizeof *argv.list), .count = count};

    argv.list[0] = path;
    for (size_t i = 1; i < count; i++)
        argv.list[i] = arguments[i];
    argv.list[count] = NULL;
    return argv;
}

static void draw(const struct launch_options *options, const char *path,
                 const char *const arguments[], size_t count, struct diags *diags)
{
    struct shell_words argv = command_of(path, arguments, count);
    struct launch_options once = *options;
    struct buf trace = {0}, words = {0}, picture = {0};

    once.trace = options->svg;
    add_words(&words, &once, path_name(span_of(path)).ptr);
    if (run_as(&words, &argv, &trace, diags)) {
        if (picture_draw(buf_span(&trace), true, &picture))
            fwrite(picture.ptr, 1, picture.len, stdout);
        else
            diag_add(diags, DIAG_ERROR, (struct place){0}, 0, "this run is too long to draw");
    }
    buf_free(&trace);
    buf_free(&words);
    buf_free(&picture);
    free(argv.list);
}

/* Beside the record: a graph, or why there is none; no file where states are unknown. */
static void record_graph(const struct launch_options *options, const struct shell_words *argv,
                         const char *name, bool complete, struct diags *diags)
{
    struct span begin = span_of(options->record), dot = span_of(".outcomes");
    struct launch_options once = *options;
    struct buf words = {0}, text = {0}, path = {0};
    struct diags ignored = {0};

    if (begin.len > dot.len && span_equal(span_skip(begin, begin.len - dot.len), dot))
        begin.len -= dot.len;
    buf_addf(&path, "%.*s.graph", SPAN_ARG(begin));
    once.json = false;
    once.graph = true;
    if (complete) /* and so it is once more, however busy the machine is by now */
        once.seconds = "3600";
    add_words(&words, &once, name);
    buf_adds(&words, "quiet ");
    if (run_as(&words, argv, &text, &ignored))
        file_replace(buf_string(&path), buf_span(&text), diags);
    else
        unlink(buf_string(&path));
    diag_free(&ignored);
    buf_free(&words);
    buf_free(&text);
    buf_free(&path);
}

static bool is_complete(struct span record)
{
    struct span before;

    return span_find(&record, "\"complete\": true", &before);
}

static void record(const struct launch_options *options, const char *path,
                   const char *const arguments[], size_t count, struct diags *diags)
{
    struct shell_words argv = command_of(path, arguments, count);
    struct launch_options all = *options;
    struct buf text = {0}, words = {0};

    all.json = true;
    add_words(&words, &all, path_name(span_of(path)).ptr);
    buf_adds(&words, "quiet ");
    buf_adds(&text, OUTCOMES_RECORD);
    if (run_as(&words, &argv, &text, diags) &&
        add_traces(options, &argv, path_name(span_of(path)).ptr, &text, diags) &&
        (!file_replace(options->record, buf_span(&text), diags) ||
         utimensat(AT_FDCWD, options->record, NULL, 0) != 0)) /* Make asks: since when? */
        diag_system(diags, "the outcomes are not recorded");
    record_graph(options, &argv, path_name(span_of(path)).ptr, is_complete(buf_span(&text)), diags);
    buf_free(&text);
    buf_free(&words);
    free(argv.list);
}

/* Running --------------------------------------------------------------------- */

static void start(const struct launch_options *options, const char *path,
                  const char *const arguments[], size_t count, struct diags *diags)
{
    struct buf words = {0};

    if (options->record != NULL) {
        record(options, path, arguments, count, diags);
        return;
    }
    if (options->lines != NULL)
        setenv("EXPLORE_LINES", options->lines, 1);
    if (options->svg != NULL) {
        draw(options, path, arguments, count, diags);
        return;
    }
    if (options->keep != NULL)
        setenv("EXPLORE_KEEP", options->keep, 1);
    add_words(&words, options,
              options->merge ? path_name(span_of(arguments[0])).ptr : arguments[0]);
    if (setenv("EXPLORE", buf_string(&words), 1) != 0)
        diag_system(diags, "no memory for the environment");
    else
        run(options, path, arguments, count, diags);
    buf_free(&words);
}

/* Any other program would run as it is, and nothing would say that it was not explored.
 * The section is the explorer's (code/explore/link.sh), and its name outlives strip(1). */
static bool can_be_explored(const char *path, struct diags *diags)
{
    struct arena arena = {0};
    struct span text, before;
    bool can = file_read(&arena, path, &text, diags);

    if (can && !span_find(&text, "explore_outside", &before)) {
        diag_system(diags, "\"%s\" was not compiled to be explored", path);
        diag_note(diags, "say what it is made of, as in: heddle explore main.c");
        can = false;
    }
    arena_free(&arena);
    return can;
}

void launch_explorer(const struct launch_options *options, const char *const arguments[],
                     size_t count, struct diags *diags)
{
    struct buf path = {0};

    if (count == 0) {
        diag_system(diags, "say which program, as in: heddle explore item-54-race");
        return;
    }
    if (options->program != NULL)
        buf_adds(&path, options->program);
    else if (strchr(arguments[0], '/') == NULL)
        buf_addf(&path, "build/explore/%s", arguments[0]);
    else
        buf_adds(&path, arguments[0]);
    if (options->program != NULL ||
        (strchr(arguments[0], '/') != NULL ? can_be_explored(buf_string(&path), diags)
                                           : build(options, buf_string(&path), diags)))
        start(options, buf_string(&path), arguments, count, diags);
    buf_free(&path);
}
