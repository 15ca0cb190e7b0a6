#include "doctest.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "orphans.h"
#include "sandbox.h"

/* Selecting ------------------------------------------------------------------- */

bool doctest_parse_shard(const char *text, unsigned *shard, unsigned *shards)
{
    struct span whole = span_of(text);
    const char *slash = strchr(text, '/');
    unsigned long number, count;

    if (slash == NULL || !span_number(span_between(text, slash), 1u << 20, &number)
        || !span_number(span_skip(whole, (size_t)(slash - text) + 1), 1u << 20, &count)
        || number < 1 || number > count)
        return false;
    *shard = (unsigned)number;
    *shards = (unsigned)count;
    return true;
}

/* A test's shard does not depend on the filter. */
static bool is_selected(const struct doctest_list *list, size_t at,
                        const struct doctest_options *options)
{
    if (options->shards > 0 && at % options->shards != options->shard - 1)
        return false;
    return options->filter == NULL || strstr(list->tests[at].name, options->filter) != NULL;
}

/* Running --------------------------------------------------------------------- */

/* What the threads share: `next` and `done` under the lock, a result by the
 * one thread that took its test, until it is done. */
struct crew {
    const struct doctest_options *options;
    const struct doctest **tests;
    struct doctest_result *results;
    bool *done;
    size_t count, next;
    bool stopped;               /* interrupted: finish what runs, begin nothing */
    pthread_mutex_t lock;
    pthread_cond_t some_done;
    struct sandbox_guard guard;
};

static bool take_next(struct crew *crew, size_t *at)
{
    bool taken;

    pthread_mutex_lock(&crew->lock);
    taken = crew->next < crew->count && !crew->stopped;
    if (taken)
        *at = crew->next++;
    pthread_mutex_unlock(&crew->lock);
    return taken;
}

static void *work(void *argument)
{
    struct crew *crew = argument;
    size_t at;

    while (take_next(crew, &at)) {
        doctest_run_one(crew->tests[at], crew->options, &crew->results[at]);
        pthread_mutex_lock(&crew->lock);
        crew->done[at] = true;
        pthread_cond_signal(&crew->some_done);      /* one thread waits: the reporter */
        pthread_mutex_unlock(&crew->lock);
    }
    return NULL;
}

static void show_progress(const struct crew *crew, size_t at)
{
    if (crew->options->progress && at < crew->count)
        fprintf(stderr, "\r\033[K%zu/%zu %s", at + 1, crew->count, crew->tests[at]->name);
    else if (crew->options->progress)
        fputs("\r\033[K", stderr);
}

static bool wait_for(struct crew *crew, size_t at)
{
    bool done;

    pthread_mutex_lock(&crew->lock);
    while (!crew->done[at] && !crew->stopped)
        pthread_cond_wait(&crew->some_done, &crew->lock);
    done = crew->done[at];
    pthread_mutex_unlock(&crew->lock);
    return done;
}

static void report_in_order(struct crew *crew, doctest_report *report, void *context)
{
    bool done = true;

    for (size_t at = 0; at < crew->count && done; at++) {
        show_progress(crew, at);
        done = wait_for(crew, at);
        show_progress(crew, crew->count);
        if (done) {
            report(context, crew->tests[at], &crew->results[at]);
            doctest_result_free(&crew->results[at]);
        }
    }
}

/* Called until the crew is done: a program may be started after a first call,
 * by a thread that had taken its test before. */
static void stop(void *context)
{
    struct crew *crew = context;

    pthread_mutex_lock(&crew->lock);
    crew->stopped = true;
    pthread_cond_signal(&crew->some_done);
    pthread_mutex_unlock(&crew->lock);
    orphans_kill_all(crew->guard.known, crew->guard.known_count);
}

static unsigned choose_jobs(const struct crew *crew)
{
    long cpus = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned jobs = crew->options->jobs;

    if (jobs == 0)
        jobs = cpus > 0 ? (unsigned)cpus : 1;
    return jobs < crew->count ? jobs : (unsigned)crew->count;
}

static void run_crew(struct crew *crew, doctest_report *report, void *context)
{
    unsigned jobs = choose_jobs(crew), started = 0;
    pthread_t *threads = mem_alloc(jobs * sizeof *threads);
    struct interrupt interrupt;

    sandbox_guard_begin(&crew->guard);
    interrupt_begin(&interrupt, stop, crew);
    while (started < jobs && pthread_create(&threads[started], NULL, work, crew) == 0)
        started++;
    if (started == 0)
        work(crew);             /* no thread to be had: then one after the other */
    report_in_order(crew, report, context);
    for (unsigned i = 0; i < started; i++)
        pthread_join(threads[i], NULL);
    interrupt_unwatch(&interrupt);
    sandbox_guard_end(&crew->guard);
    interrupt_end(&interrupt);
    for (size_t i = 0; i < crew->count; i++)
        doctest_result_free(&crew->results[i]);     /* of an interrupted run */
    free(threads);
}

size_t doctest_run_each(const struct doctest_list *list, const struct doctest_options *options,
                        doctest_report *report, void *context)
{
    struct crew crew = {
        .options = options,
        .tests = mem_alloc(list->count * sizeof *crew.tests),
        .lock = PTHREAD_MUTEX_INITIALIZER,
        .some_done = PTHREAD_COND_INITIALIZER,
    };

    for (size_t i = 0; i < list->count; i++)
        if (is_selected(list, i, options))
            crew.tests[crew.count++] = &list->tests[i];
    crew.results = mem_alloc(crew.count * sizeof *crew.results);
    crew.done = mem_alloc(crew.count * sizeof *crew.done);
    run_crew(&crew, report, context);
    free(crew.tests);
    free(crew.results);
    free(crew.done);
    return crew.count;
}

/* Reporting ------------------------------------------------------------------- */

struct tally {
    FILE *out;
    const struct doctest_options *options;
    size_t passed, failed;
};

static const char *line_colour(struct span line)
{
    if (span_starts(line, "-"))
        return "\033[31m";
    if (span_starts(line, "+"))
        return "\033[32m";
    return span_starts(line, "@@") ? "\033[36m" : NULL;
}

void doctest_print_message(FILE *out, struct span message, bool colour)
{
    struct span line;

    while (span_line(&message, &line)) {
        const char *on = colour ? line_colour(line) : NULL;

        fputs(on != NULL ? on : "", out);
        fwrite(line.ptr, 1, line.len, out);
        fputs(on != NULL ? "\033[0m\n" : "\n", out);
    }
}

static void print_text(void *context, const struct doctest *test, struct doctest_result *result)
{
    struct tally *tally = context;

    (void)test;
    tally->passed += result->outcome == DOCTEST_PASSED;
    tally->failed += result->outcome != DOCTEST_PASSED;
    if (result->outcome != DOCTEST_PASSED) {
        doctest_print_message(tally->out, buf_span(&result->message), tally->options->colour);
        putc('\n', tally->out);
        fflush(tally->out);
    }
}

static void add_member(struct buf *json, const char *name, const char *text)
{
    buf_addf(json, "\"%s\": ", name);
    buf_add_json(json, span_of(text));
    buf_adds(json, ", ");
}

static void print_json(void *context, const struct doctest *test, struct doctest_result *result)
{
    static const char *const kinds[] = { "output", "outcomes", "fragment", "compile-fail" };
    struct tally *tally = context;
    struct buf json = { 0 };

    buf_adds(&json, tally->passed + tally->failed > 0 ? ",\n    {" : "\n    {");
    add_member(&json, "name", test->name);
    add_member(&json, "chapter", test->place.source->path);
    buf_addf(&json, "\"line\": %u, ", test->place.line);
    add_member(&json, "kind", kinds[test->snippet->kind]);
    if (test->program != NULL)
        add_member(&json, "program", test->program);
    buf_addf(&json, "\"passed\": %s, \"seconds\": %.3f, \"message\": ",
             result->outcome == DOCTEST_PASSED ? "true" : "false", result->seconds);
    buf_add_json(&json, buf_span(&result->message));
    buf_addc(&json, '}');
    fwrite(json.ptr, 1, json.len, tally->out);
    buf_free(&json);
    tally->passed += result->outcome == DOCTEST_PASSED;
    tally->failed += result->outcome != DOCTEST_PASSED;
}

int doctest_run_all(const struct doctest_list *list, const struct doctest_options *options,
                    FILE *out)
{
    struct tally tally = { .out = out, .options = options };
    bool any = options->filter == NULL;

    for (size_t i = 0; i < list->count && !any; i++)
        any = strstr(list->tests[i].name, options->filter) != NULL;
    if (!any) {
        fprintf(stderr, "heddle: no doc test has \"%s\" in its name\n", options->filter);
        return 2;
    }
    if (options->json)
        fputs("{\"tests\": [", out);
    doctest_run_each(list, options, options->json ? print_json : print_text, &tally);
    if (options->json)
        fprintf(out, "\n  ], \"passed\": %zu, \"failed\": %zu}\n", tally.passed, tally.failed);
    else
        fprintf(out, "%zu passed, %zu failed\n", tally.passed, tally.failed);
    return tally.failed > 0 ? 1 : 0;
}
