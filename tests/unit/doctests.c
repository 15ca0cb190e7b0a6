/*
 * Every doc test of the book as a case of its own, named by chapter, line and
 * program: for those who read test reports (CMOCKA_MESSAGE_OUTPUT=XML is
 * JUnit's format). `heddle test` runs the same engine, in parallel.
 *
 *     doctests [CHAPTER...]       from the folder that holds chapters/ and build/
 *
 * The programs are those in $OUT/bin: sanitizers have builds of their own.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "heddle/web/load.h"
#include "heddle/doctest/doctest.h"
#include "heddle/system/sandbox.h"

static struct sandbox_guard guard;
static struct doctest_options options;

static int adopt_orphans(void **state)
{
    (void)state;
    sandbox_guard_begin(&guard);
    return 0;
}

static int end_orphans(void **state)
{
    (void)state;
    sandbox_guard_end(&guard);
    return 0;
}

/* A failure stands at the block, not here. cmocka leaves by longjmp, so the
 * message outlives this call. */
static void run_block(void **state)
{
    static struct doctest_result result;
    const struct doctest *test = *state;

    doctest_result_free(&result);
    doctest_run_one(test, &options, &result);
    if (result.unchanged)
        skip(); /* cmocka counts it so */
    _assert_true(result.outcome == DOCTEST_PASSED, buf_string(&result.message),
                 test->place.source->path, (int)test->place.line);
    doctest_result_free(&result);
}

static char *programs_folder(void)
{
    const char *out = getenv("OUT");
    struct buf path = {0};

    buf_addf(&path, "%s/bin", out != NULL ? out : "build");
    buf_string(&path);
    return path.ptr;
}

static int run_list(const struct doctest_list *list)
{
    struct CMUnitTest *cases = mem_alloc(list->count * sizeof *cases);
    int failed;

    for (size_t i = 0; i < list->count; i++)
        cases[i] = (struct CMUnitTest){
            .name = list->tests[i].name,
            .test_func = run_block,
            .initial_state = &list->tests[i],
        };
    failed = _cmocka_run_group_tests("doctests", cases, list->count, adopt_orphans, end_orphans);
    free(cases);
    return failed;
}

int main(int argc, char **argv)
{
    struct web web = {0};
    struct diags diags = {0};
    struct doctest_list list = {0};
    char *bin = programs_folder();
    bool good = web_load(&web, (const char *const *)(argv + 1), (size_t)argc - 1, &diags) &&
                doctest_collect(&list, &web, &diags);
    int status;

    options.bin = bin;
    options.records = "build/tested";
    diag_print(&diags, stderr, false);
    status = !good ? diag_exit_status(&diags) : run_list(&list) > 0;
    doctest_free(&list);
    web_free(&web);
    diag_free(&diags);
    free(bin);
    return status;
}
