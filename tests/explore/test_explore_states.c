/*
 * Explored by states: what is reached on several ways is gone on from once, and no
 * outcome and no data race is lost by that.
 */
#include "explore_run.h"

#define PROGRAM(...) \
    (const char *const[]) \
    { \
        __VA_ARGS__, NULL \
    }

static void explore(struct explored *explored, const char *const *program, const char *options)
{
    const char *argv[8] = {NULL};
    char path[4096];

    explored_path(program[0], path, sizeof path);
    argv[0] = path;
    for (size_t i = 1; program[i] != NULL; i++)
        argv[i] = program[i];
    explore_arguments(explored, options, argv);
}

static const char *const *const programs[] = {
    PROGRAM("racing-counter"),    PROGRAM("one-slot"),
    PROGRAM("one-slot", "one"),   PROGRAM("one-slot", "if"),
    PROGRAM("philosophers", "3"), PROGRAM("readers", "3"),
    PROGRAM("peterson"),          PROGRAM("store-buffering"),
    PROGRAM("message-passing"),   PROGRAM("slots", "1", "2", "2"),
};

TEST(states_lead_to_the_outcomes_that_orders_lead_to)
{
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        struct explored orders, states;

        explore(&orders, programs[i], "by-steps spurious=0");
        explore(&states, programs[i], "by-steps by-states spurious=0");
        assert_non_null(strstr(states.result.out, "\"stopped\": \"\""));
        assert_false(states.complete);
        if (orders.outcomes.count != states.outcomes.count)
            fail_msg("%s: %s, not %s", programs[i][0], states.result.out, orders.result.out);
        for (size_t j = 0; j < orders.outcomes.count; j++)
            assert_string_equal(orders.outcomes.list[j], states.outcomes.list[j]);
        assert_int_equal(strstr(orders.result.out, "\"races\": []") == NULL,
                         strstr(states.result.out, "\"races\": []") == NULL);
        explored_free(&orders);
        explored_free(&states);
    }
}

/* 86,336 orders. */
TEST(where_orders_meet_states_are_fewer)
{
    struct explored states;

    explore(&states, PROGRAM("slots", "2", "2", "2"), "by-states spurious=0");
    assert_int_equal(states.outcomes.count, 1);
    assert_string_equal(states.outcomes.list[0], "exit 0|6\n");
    assert_in_range(states.runs + states.redundant, 1000, 60000);
    assert_non_null(strstr(states.result.out, "taken for one"));
    assert_int_equal(states.result.returncode, 3);
    explored_free(&states);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
