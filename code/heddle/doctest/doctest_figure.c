/*
 * Figures: what a block holds is judged by figures/figure.h; what is stale is
 * run anew, and the new data are what --bless writes.
 */
#include <stdio.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "heddle/doctest/doctest_case.h"

/* "# 2026-11-28, x86_64, 2 processors, program 0123abcd" */
static void add_head(const struct figure *figure, struct buf *out)
{
    time_t now = time(NULL);
    struct utsname machine;
    struct tm day;
    char date[16];
    long processors = sysconf(_SC_NPROCESSORS_ONLN);

    gmtime_r(&now, &day);
    strftime(date, sizeof date, "%Y-%m-%d", &day);
    uname(&machine);
    buf_addf(out, "# %s, %s, %ld processor%s, program ", date, machine.machine, processors,
             processors == 1 ? "" : "s");
    figure_add_mark(figure->snippet->program, out);
    buf_addc(out, '\n');
}

static void take_data(const struct doctest_case *test_case, const struct process_result *result,
                      const struct buf *seen)
{
    const struct figure *figure = test_case->test->figure;
    struct buf *printed = &test_case->result->printed;

    add_head(figure, printed);
    if (figure_is_observed(figure->kind))
        buf_add(printed, buf_span(seen));
    else
        buf_add(printed, (struct span){result->out, result->out_size});
    test_case->result->outcome = DOCTEST_DIFFERS;
}

/* A deadlock is the explorer's to find; all else can be run again. */
void doctest_case_draw(const struct doctest_case *test_case)
{
    const struct figure *figure = test_case->test->figure;
    bool seen_from_outside = figure_is_observed(figure->kind);
    struct process_result result = {0};
    struct buf program = {0}, seen = {0};

    if (figure->fault == NULL)
        return;
    buf_addf(&program, "%s/%s", doctest_case_or(test_case->options->bin, "build/bin"),
             test_case->test->program);
    if (figure->kind != FIGURE_HOLDS &&
        !doctest_case_check_built(test_case, buf_string(&program))) {
        buf_free(&program);
        return;
    }
    buf_addf(doctest_case_begin_finding(test_case), "has a figure that %s%s\n", figure->fault,
             figure->kind == FIGURE_HOLDS ? "" : "; heddle test --bless draws it anew");
    if (figure->kind != FIGURE_HOLDS &&
        doctest_case_observe(test_case, figure->kind == FIGURE_PIPES, &result,
                             seen_from_outside ? &seen : NULL))
        take_data(test_case, &result, &seen);
    process_result_destroy(&result);
    buf_free(&program);
    buf_free(&seen);
}
