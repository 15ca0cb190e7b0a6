/*
 * The explorer against an oracle: random programs, explored with and without
 * reduction, have just the outcomes that the model of tests/explore/explore_model.c
 * finds by trying everything.
 *
 *     test_explore_model [SEED [COUNT [PATTERN]]]
 *
 * with so many programs for each test whose name fits the pattern.
 */
#include "explore_run.h"

enum { SCRIPT_SIZE = 96, STATES_MOST = 50000, BOUNDED_MOST = 400 };

struct program {
    char scripts[MODEL_THREADS][SCRIPT_SIZE];
    size_t threads;
};

/* Random programs --------------------------------------------------------------- */

static uint64_t random_state;

/* xorshift64*: the same everywhere. */
static unsigned below(unsigned limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (unsigned)((random_state * 2685821657736338717u >> 33) % limit);
}

static void add_word(char *script, char verb, unsigned thing)
{
    char word[4] = {verb, (char)('0' + thing), ' ', '\0'};

    if (strlen(script) + 8 < SCRIPT_SIZE)
        strcat(script, word);
}

static void add_access(char *script)
{
    static const char verbs[] = "rwiRWI";

    add_word(script, verbs[below(6)], below(2));
}

/* Something that holds a lock for a while. */
static void add_section(char *script)
{
    unsigned thing = below(2);
    char ends[3][2] = {{'l', 'u'}, {'e', 'g'}, {'f', 'g'}};
    unsigned kind = below(3);

    add_word(script, ends[kind][0], thing);
    if (kind == 0 && below(3) == 0)
        add_word(script, "cdsb"[below(4)], thing);
    else
        add_access(script);
    if (below(4) == 0)
        add_word(script, 'p', 0);
    add_word(script, ends[kind][1], thing);
}

static void add_something(char *script)
{
    switch (below(13)) {
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
        add_word(script, "PVQ"[below(3)], 0);
        break;
    case 8:
        add_word(script, "sb"[below(2)], below(2));
        break;
    case 9:
        add_word(script, 't', 0);
        add_word(script, 'u', 0);
        break;
    case 10:
        add_word(script, below(6) == 0 ? 'x' : "VB"[below(2)], 0);
        break;
    case 11:
        add_word(script, "aAk"[below(3)], below(2));
        break;
    default:
        add_word(script, "pyz"[below(3)], 0);
    }
}

static void make_program(struct program *program)
{
    program->threads = 2 + below(2);
    for (size_t i = 0; i < program->threads; i++) {
        unsigned length = 1 + below(program->threads == 2 ? 4 : 2);

        program->scripts[i][0] = '\0';
        while (length-- > 0)
            add_something(program->scripts[i]);
        if (below(2) == 0)
            add_word(program->scripts[i], 'p', 0);
        if (program->scripts[i][0] != '\0')
            program->scripts[i][strlen(program->scripts[i]) - 1] = '\0';
    }
}

/* Comparing ---------------------------------------------------------------------- */

static void describe(const struct program *program)
{
    for (size_t i = 0; i < program->threads; i++)
        print_error("\"%s\" ", program->scripts[i]);
    print_error("\n");
}

static void print_outcomes(const char *who, const struct model_outcomes *outcomes)
{
    print_error("%s:\n", who);
    for (size_t i = 0; i < outcomes->count; i++)
        print_error("    %s\n", outcomes->list[i]);
}

static bool same(const struct model_outcomes *a, const struct model_outcomes *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->list[i], b->list[i]) != 0)
            return false;
    return true;
}

static void launch_explorer(struct explored *explored, const struct program *program,
                            const char *options)
{
    const char *argv[MODEL_THREADS + 2] = {NULL};
    char path[4096];

    explored_path("interpret", path, sizeof path);
    argv[0] = path;
    for (size_t i = 0; i < program->threads; i++)
        argv[i + 1] = program->scripts[i];
    explore_arguments(explored, options, argv);
}

/* The number of runs. */
static long compare(const struct program *program, const struct model_outcomes *model,
                    const char *options)
{
    struct explored explored;
    long runs;

    launch_explorer(&explored, program, options);
    if (!explored.complete || !same(&explored.outcomes, model)) {
        describe(program);
        print_outcomes("the model", model);
        print_outcomes(options, &explored.outcomes);
        fail_msg("%s: other outcomes than the model's", options);
    }
    runs = explored.runs;
    explored_free(&explored);
    return runs;
}

static bool make_checked(struct program *program, struct model_outcomes *model)
{
    const char *scripts[MODEL_THREADS];

    make_program(program);
    for (size_t i = 0; i < program->threads; i++)
        scripts[i] = program->scripts[i];
    model_run(scripts, program->threads, STATES_MOST, model);
    if (model->too_many)
        model_free(model);
    return model->count > 0;
}

/* Tests -------------------------------------------------------------------------- */

static uint64_t seed = 20261122;
static unsigned count = 30;

static void random_programs_have_the_outcomes_of_the_model(void **state)
{
    struct program program;
    struct model_outcomes model;

    (void)state;
    random_state = seed;
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
static void full_reduction_runs_one_schedule_of_each_class(void **state)
{
    struct program program;
    struct model_outcomes model;

    (void)state;
    random_state = seed + 1;
    for (unsigned checked = 0; checked < count;) {
        long all, sleep;

        if (!make_checked(&program, &model))
            continue;
        all = compare(&program, &model, "reduce=all");
        sleep = compare(&program, &model, "reduce=sleep");
        if (all != sleep) {
            describe(&program);
            fail_msg("%ld runs with the full reduction, %ld with sleep sets", all, sleep);
        }
        model_free(&model);
        checked++;
    }
}

/* Without any reduction, every interleaving of the steps is a run of its own. */
static void no_reduction_finds_the_same(void **state)
{
    struct program program;
    struct model_outcomes model;
    struct explored explored;

    (void)state;
    random_state = seed + 2;
    for (unsigned checked = 0; checked < count / 2;) {
        if (!make_checked(&program, &model))
            continue;
        launch_explorer(&explored, &program, "reduce=nothing runs=400");
        if (explored.complete) {
            assert_true(same(&explored.outcomes, &model));
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
    launch_explorer(&explored, program, options);
    snprintf(options, sizeof options, "bound=%d reduce=nothing runs=%d", bound, BOUNDED_MOST);
    launch_explorer(&nothing, program, options);
    few = explored_number(nothing.result.out, "\"runs\": ") < BOUNDED_MOST;
    if (few && !same(&explored.outcomes, &nothing.outcomes)) {
        describe(program);
        print_outcomes("as it is", &explored.outcomes);
        print_outcomes(options, &nothing.outcomes);
        fail();
    }
    explored_free(&explored);
    explored_free(&nothing);
    return few;
}

static void bounded_search_finds_what_the_bound_allows(void **state)
{
    struct program program;
    struct model_outcomes model;

    (void)state;
    random_state = seed + 3;
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
static void bounded_search_begins_with_each_thread(void **state)
{
    static const struct program program = {{"t0 u0 t0 u0 p0", "t0 u0", "p0 r0 p0"}, 3};

    (void)state;
    assert_true(compare_bounded(&program, 0));
    assert_true(compare_bounded(&program, 1));
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_programs_have_the_outcomes_of_the_model),
        cmocka_unit_test(full_reduction_runs_one_schedule_of_each_class),
        cmocka_unit_test(no_reduction_finds_the_same),
        cmocka_unit_test(bounded_search_finds_what_the_bound_allows),
        cmocka_unit_test(bounded_search_begins_with_each_thread),
    };

    if (argc > 1)
        seed = strtoull(argv[1], NULL, 10);
    if (argc > 2)
        count = (unsigned)strtoul(argv[2], NULL, 10);
    if (argc > 3)
        cmocka_set_test_filter(argv[3]);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
