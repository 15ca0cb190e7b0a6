/*
 * The explorer against an oracle: random programs, explored with and without
 * reduction, have just the outcomes that the model of tests/explore/explore_model.c
 * finds by trying everything.
 *
 *     test_explore_model [SEED [COUNT [PATTERN]]]
 *
 * with so many programs for each test whose name fits the pattern.
 */
#include "random_program.h"

enum { BOUNDED_MOST = 400 };

/* Random programs --------------------------------------------------------------- */

static void add_access(char *script)
{
    static const char verbs[] = "rwiRWI";

    program_add_word(script, verbs[random_below(6)], random_below(2));
}

/* Something that holds a lock for a while. */
static void add_section(char *script)
{
    unsigned thing = random_below(2);
    char ends[3][2] = {{'l', 'u'}, {'e', 'g'}, {'f', 'g'}};
    unsigned kind = random_below(3);

    program_add_word(script, ends[kind][0], thing);
    if (kind == 0 && random_below(3) == 0)
        program_add_word(script, "cdsb"[random_below(4)], thing);
    else
        add_access(script);
    if (random_below(4) == 0)
        program_add_word(script, 'p', 0);
    program_add_word(script, ends[kind][1], thing);
}

static void add_something(char *script)
{
    switch (random_below(13)) {
    case 0:
    case 1:
    case 2:
    case 3:
        add_access(script);
        break;
    case 4:
    case 5:
    case 6:
        add_section(script);
        break;
    case 7:
        program_add_word(script, "PVQ"[random_below(3)], 0);
        break;
    case 8:
        program_add_word(script, "sb"[random_below(2)], random_below(2));
        break;
    case 9:
        program_add_word(script, 't', 0);
        program_add_word(script, 'u', 0);
        break;
    case 10:
        program_add_word(script, random_below(6) == 0 ? 'x' : "VB"[random_below(2)], 0);
        break;
    case 11:
        program_add_word(script, "aAk"[random_below(3)], random_below(2));
        break;
    default:
        program_add_word(script, "pyz"[random_below(3)], 0);
    }
}

static void make_program(struct program *program)
{
    program->threads = 2 + random_below(2);
    for (size_t i = 0; i < program->threads; i++) {
        unsigned length = 1 + random_below(program->threads == 2 ? 4 : 2);

        program->scripts[i][0] = '\0';
        while (length-- > 0)
            add_something(program->scripts[i]);
        if (random_below(2) == 0)
            program_add_word(program->scripts[i], 'p', 0);
        if (program->scripts[i][0] != '\0')
            program->scripts[i][strlen(program->scripts[i]) - 1] = '\0';
    }
}

/* Comparing ---------------------------------------------------------------------- */

/* The number of runs. */
static long compare(const struct program *program, const struct model_outcomes *model,
                    const char *options)
{
    struct explored explored;
    long runs;

    assert_true(program_explore(program, options, &explored));
    if (!explored.complete || !outcomes_same(&explored.outcomes, model)) {
        program_print(program);
        outcomes_print("the model", model);
        outcomes_print(options, &explored.outcomes);
        fail_msg("%s: other outcomes than the model's", options);
    }
    runs = explored.runs;
    explored_free(&explored);
    return runs;
}

static bool make_checked(struct program *program, struct model_outcomes *model)
{
    make_program(program);
    return program_model(program, model);
}

/* Tests -------------------------------------------------------------------------- */

static uint64_t seed = 20261122;
static unsigned count = 30;

TEST(random_programs_have_the_outcomes_of_the_model)
{
    struct program program;
    struct model_outcomes model;

    random_start(seed);
    for (unsigned checked = 0; checked < count;) {
        if (!make_checked(&program, &model))
            continue;
        compare(&program, &model, "");
        model_free(&model);
        checked++;
    }
}

/* Sleep sets alone lose no class of equivalent schedules and run none twice
 * (Godefroid 1996, theorem 5.2); so the full reduction has just as many runs. */
TEST(full_reduction_runs_one_schedule_of_each_class)
{
    struct program program;
    struct model_outcomes model;

    random_start(seed + 1);
    for (unsigned checked = 0; checked < count;) {
        long all, sleep;

        if (!make_checked(&program, &model))
            continue;
        all = compare(&program, &model, "reduce=all");
        sleep = compare(&program, &model, "reduce=sleep");
        if (all != sleep) {
            program_print(&program);
            fail_msg("%ld runs with the full reduction, %ld with sleep sets", all, sleep);
        }
        model_free(&model);
        checked++;
    }
}

/* Without any reduction, every interleaving of the steps is a run of its own. */
TEST(no_reduction_finds_the_same)
{
    struct program program;
    struct model_outcomes model;
    struct explored explored;

    random_start(seed + 2);
    for (unsigned checked = 0; checked < count / 2;) {
        if (!make_checked(&program, &model))
            continue;
        assert_true(program_explore(&program, "reduce=nothing runs=400", &explored));
        if (explored.complete) {
            assert_true(outcomes_same(&explored.outcomes, &model));
            checked++;
        }
        explored_free(&explored);
        model_free(&model);
    }
}

/* Every schedule with so few preemptions, and none is left out that has an
 * outcome of its own. False when there are too many to try all of them. */
static bool compare_bounded(const struct program *program, int bound)
{
    struct explored explored, nothing;
    char options[64];
    bool few;

    snprintf(options, sizeof options, "bound=%d", bound);
    assert_true(program_explore(program, options, &explored));
    snprintf(options, sizeof options, "bound=%d reduce=nothing runs=%d", bound, BOUNDED_MOST);
    assert_true(program_explore(program, options, &nothing));
    few = explored_number(nothing.result.out, "\"runs\": ") < BOUNDED_MOST;
    if (few && !outcomes_same(&explored.outcomes, &nothing.outcomes)) {
        program_print(program);
        outcomes_print("as it is", &explored.outcomes);
        outcomes_print(options, &nothing.outcomes);
        fail();
    }
    explored_free(&explored);
    explored_free(&nothing);
    return few;
}

TEST(bounded_search_finds_what_the_bound_allows)
{
    struct program program;
    struct model_outcomes model;

    random_start(seed + 3);
    for (unsigned checked = 0; checked < count / 2;) {
        if (!make_checked(&program, &model))
            continue;
        checked += compare_bounded(&program, (int)(checked % 3));
        model_free(&model);
    }
}

/* Source sets lose an outcome of this one: who would have begun the other order
 * has had its turn in the same node, but goes on from there only by a preemption
 * more. */
TEST(bounded_search_begins_with_each_thread)
{
    static const struct program program = {{"t0 u0 t0 u0 p0", "t0 u0", "p0 r0 p0"}, 3};

    assert_true(compare_bounded(&program, 0));
    assert_true(compare_bounded(&program, 1));
}

int main(int argc, char **argv)
{
    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        count = (unsigned)strtoul(argv[2], NULL, 10);
    if (argc > 3)
        cmocka_set_test_filter(argv[3]);
    return tests_run(NULL, NULL);
}
