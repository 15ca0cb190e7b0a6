/*
 * Tests are there because they are written: TEST(what_it_claims) { ... }. Nothing
 * lists them again.
 *
 * All of a file run in the order in which they stand, each between the two
 * functions of the file's FIXTURE, unless it has its own (TEST_WITH).
 */
#ifndef HEDDLE_TESTS_TESTS_H
#define HEDDLE_TESTS_TESTS_H

/* What cmocka's own header wants before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

enum { TESTS_IN_A_FILE = 100 };

static struct {
    struct CMUnitTest list[TESTS_IN_A_FILE];
    int lines[TESTS_IN_A_FILE]; /* where each stands */
    size_t count;
    CMFixtureFunction setup, teardown;
} tests_here;

/* Constructors run in any order. */
static inline void tests_add(int line, struct CMUnitTest test)
{
    size_t place = tests_here.count++;

    if (place == TESTS_IN_A_FILE)
        abort();
    for (; place > 0 && tests_here.lines[place - 1] > line; place--) {
        tests_here.list[place] = tests_here.list[place - 1];
        tests_here.lines[place] = tests_here.lines[place - 1];
    }
    tests_here.list[place] = test;
    tests_here.lines[place] = line;
}

#define TEST_WITH(claim, setup, teardown) \
    static void claim(void **state); \
    __attribute__((constructor)) static void claim##_is_there(void) \
    { \
        tests_add(__LINE__, (struct CMUnitTest){#claim, claim, setup, teardown, NULL}); \
    } \
    static void claim(__attribute__((unused)) void **state)

#define TEST(claim) TEST_WITH(claim, NULL, NULL)

#define FIXTURE(before, after) \
    __attribute__((constructor)) static void fixture_is_there(void) \
    { \
        tests_here.setup = before; \
        tests_here.teardown = after; \
    } \
    static void fixture_is_there(void)

/* The answer of main(): how many failed. The two functions are for all together. */
static inline int tests_run_as(const char *name, CMFixtureFunction before, CMFixtureFunction after)
{
    for (size_t i = 0; i < tests_here.count; i++)
        if (tests_here.list[i].setup_func == NULL && tests_here.list[i].teardown_func == NULL) {
            tests_here.list[i].setup_func = tests_here.setup;
            tests_here.list[i].teardown_func = tests_here.teardown;
        }
    return tests_here.count == 0
               ? 1
               : _cmocka_run_group_tests(name, tests_here.list, tests_here.count, before, after);
}

static inline int tests_run(CMFixtureFunction before, CMFixtureFunction after)
{
    return tests_run_as("tests", before, after);
}

#endif
