#include "heddle/doctest/doctest.h"

#include <stdlib.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/doctest/doctest_record.h"
#include "heddle/system/crew.h"
#include "heddle/system/interrupt.h"
#include "heddle/system/orphans.h"
#include "heddle/system/sandbox.h"

/* Selecting ------------------------------------------------------------------- */

bool doctest_parse_shard(const char *text, unsigned *shard, unsigned *shards)
{
    struct span whole = span_of(text);
    const char *slash = strchr(text, '/');
    unsigned long number, count;

    if (slash == NULL || !span_number(span_between(text, slash), 1u << 20, &number) ||
        !span_number(span_skip(whole, (size_t)(slash - text) + 1), 1u << 20, &count) ||
        number < 1 || number > count)
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

/* A test in its turn. Its result is its worker's, and then the reporter's. */
struct turn {
    const struct doctest *test;
    struct doctest_result result;
    bool done; /* as the reporter knows */
};

struct run {
    const struct doctest_options *options;
    struct turn *turns;
    size_t count;
    struct crew crew;
    struct sandbox_guard guard;
};

static void *take_turn(void *item, void *options, struct thread_error *error)
{
    struct turn *turn = item;

    (void)error;
    doctest_run_one(turn->test, options, &turn->result);
    return turn;
}

static void show_progress(const struct run *run, size_t at)
{
    if (run->options->progress && at < run->count)
        fprintf(stderr, "\r\033[K%zu/%zu %s", at + 1, run->count, run->turns[at].test->name);
    else if (run->options->progress)
        fputs("\r\033[K", stderr);
}

/* False when interrupted before that. */
static bool wait_for(struct run *run, const struct turn *turn)
{
    struct turn *done;

    while (!turn->done && (done = crew_next(&run->crew)) != NULL)
        done->done = true;
    return turn->done;
}

static void report_in_order(struct run *run, doctest_report *report, void *context)
{
    bool done = true;

    for (size_t at = 0; at < run->count && done; at++) {
        show_progress(run, at);
        done = wait_for(run, &run->turns[at]);
        show_progress(run, run->count);
        if (done) {
            report(context, run->turns[at].test, &run->turns[at].result);
            doctest_result_free(&run->turns[at].result);
        }
    }
}

/* Called until the crew is done: a program may be started after a first call,
 * by a thread that had taken its test before. */
static void stop(void *context)
{
    struct run *run = context;

    crew_stop(&run->crew);
    orphans_kill_all(run->guard.known, run->guard.known_count);
}

static void run_tests(struct run *run, doctest_report *report, void *context)
{
    struct doctest_options options = *run->options;
    struct interrupt interrupt;

    sandbox_guard_begin(&run->guard);
    crew_open(&run->crew, run->turns, run->count, sizeof *run->turns);
    interrupt_begin(&interrupt, stop, run);
    crew_start(&run->crew, options.jobs, take_turn, &options, 0);
    report_in_order(run, report, context);
    crew_wait(&run->crew);
    interrupt_unwatch(&interrupt);
    crew_close(&run->crew);
    sandbox_guard_end(&run->guard);
    interrupt_end(&interrupt);
    for (size_t i = 0; i < run->count; i++)
        doctest_result_free(&run->turns[i].result); /* of an interrupted run */
}

size_t doctest_run_each(const struct doctest_list *list, const struct doctest_options *options,
                        doctest_report *report, void *context)
{
    struct run run = {.options = options, .turns = mem_alloc(list->count * sizeof *run.turns)};

    for (size_t i = 0; i < list->count; i++)
        if (is_selected(list, i, options))
            run.turns[run.count++].test = &list->tests[i];
    run_tests(&run, report, context);
    free(run.turns);
    return run.count;
}

/* Reporting ------------------------------------------------------------------- */

struct tally {
    FILE *out;
    const struct doctest_options *options;
    size_t passed, failed, unchanged;
    struct buf cases; /* in JUnit's form, where that is wanted */
    size_t differing; /* of the failed: nothing but the text is wrong */
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

static void count(struct tally *tally, const struct doctest_result *result)
{
    tally->passed += result->outcome == DOCTEST_PASSED && !result->unchanged;
    tally->failed += result->outcome != DOCTEST_PASSED;
    tally->unchanged += result->unchanged;
}

static void print_text(void *context, const struct doctest *test, struct doctest_result *result)
{
    struct tally *tally = context;

    (void)test;
    count(tally, result);
    tally->differing += result->outcome == DOCTEST_DIFFERS;
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
    static const char *const kinds[] = {"output", "outcomes", "fragment", "compile-fail", "figure"};
    struct tally *tally = context;
    struct buf json = {0};

    buf_adds(&json, tally->passed + tally->failed + tally->unchanged > 0 ? ",\n    {" : "\n    {");
    add_member(&json, "name", test->name);
    add_member(&json, "chapter", test->place.source->path);
    buf_addf(&json, "\"line\": %u, ", test->place.line);
    add_member(&json, "kind", kinds[test->snippet->kind]);
    if (test->program != NULL)
        add_member(&json, "program", test->program);
    if (result->unchanged)
        buf_adds(&json, "\"unchanged\": true, ");
    if (result->outcome == DOCTEST_DIFFERS) /* --bless would write it */
        buf_adds(&json, "\"differs\": true, ");
    buf_addf(&json, "\"passed\": %s, \"seconds\": %.3f, \"message\": ",
             result->outcome == DOCTEST_PASSED ? "true" : "false", result->seconds);
    buf_add_json(&json, buf_span(&result->message));
    buf_addc(&json, '}');
    fwrite(json.ptr, 1, json.len, tally->out);
    buf_free(&json);
    count(tally, result);
}

static void print_sum(const struct tally *tally)
{
    if (tally->differing > 0)
        fputs("heddle test --bless writes what programs print now into the chapters\n", tally->out);
    if (tally->passed + tally->failed + tally->unchanged == 0)
        fputs("no test is in this share\n", tally->out);
    fprintf(tally->out, "%zu passed, %zu failed", tally->passed, tally->failed);
    if (tally->unchanged > 0)
        fprintf(tally->out, ", %zu unchanged", tally->unchanged);
    fputc('\n', tally->out);
}

static void add_xml_attribute(struct buf *xml, const char *name, const char *value)
{
    buf_addf(xml, " %s=\"", name);
    escape_html(xml, span_of(value));
    buf_addc(xml, '"');
}

static void add_case(struct buf *xml, const struct doctest *test,
                     const struct doctest_result *result)
{
    struct span rest = buf_span(&result->message), first = {0};

    buf_adds(xml, "  <testcase");
    add_xml_attribute(xml, "classname", test->place.source->path);
    add_xml_attribute(xml, "name", test->name);
    add_xml_attribute(xml, "file", test->place.source->path);
    buf_addf(xml, " line=\"%u\" time=\"%.3f\"", test->place.line, result->seconds);
    if (result->outcome == DOCTEST_PASSED) {
        buf_adds(xml, result->unchanged ? "><skipped message=\"unchanged since it passed\"/>"
                                          "</testcase>\n"
                                        : "/>\n");
        return;
    }
    span_line(&rest, &first);
    buf_adds(xml, ">\n    <failure message=\"");
    escape_html(xml, first);
    buf_adds(xml, "\">");
    escape_html(xml, buf_span(&result->message));
    buf_adds(xml, "</failure>\n  </testcase>\n");
}

static void report_one(void *context, const struct doctest *test, struct doctest_result *result)
{
    struct tally *tally = context;

    if (tally->options->junit != NULL)
        add_case(&tally->cases, test, result);
    if (tally->options->json)
        print_json(context, test, result);
    else
        print_text(context, test, result);
}

static void write_junit(struct tally *tally)
{
    struct buf *xml = tally->options->junit;

    if (xml != NULL) {
        buf_addf(xml,
                 "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                 "<testsuite name=\"heddle\" tests=\"%zu\" failures=\"%zu\"",
                 tally->passed + tally->failed + tally->unchanged, tally->failed);
        if (tally->unchanged > 0)
            buf_addf(xml, " skipped=\"%zu\"", tally->unchanged);
        buf_adds(xml, ">\n");
        buf_add(xml, buf_span(&tally->cases));
        buf_adds(xml, "</testsuite>\n");
    }
    buf_free(&tally->cases);
}

int doctest_run_all(const struct doctest_list *list, const struct doctest_options *options,
                    FILE *out)
{
    struct tally tally = {.out = out, .options = options};
    bool any = options->filter == NULL;

    if (list->count == 0) {
        fputs("heddle: these chapters promise nothing, so nothing was tested; "
              "a block ```output {of=NAME} shows what program NAME prints\n",
              stderr);
        return 1;
    }
    for (size_t i = 0; i < list->count && !any; i++)
        any = strstr(list->tests[i].name, options->filter) != NULL;
    if (!any) {
        fprintf(stderr, "heddle: no doc test has \"%s\" in its name\n", options->filter);
        return 2;
    }
    if (options->json)
        fputs("{\"tests\": [", out);
    doctest_run_each(list, options, report_one, &tally);
    write_junit(&tally);
    doctest_record_prune(options);
    if (options->json)
        fprintf(out, "\n  ], \"passed\": %zu, \"failed\": %zu, \"unchanged\": %zu}\n", tally.passed,
                tally.failed, tally.unchanged);
    else
        print_sum(&tally);
    return tally.failed > 0 ? 1 : 0;
}
