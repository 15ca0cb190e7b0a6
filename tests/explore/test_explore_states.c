/*
 * Explored by states: what is reached on several ways is gone on from once, and no
 * outcome and no data race is lost by that.
 */
#include "explore_run.h"

static const char *const *const programs[] = {
    ARGUMENTS("racing-counter"),    ARGUMENTS("one-slot"),
    ARGUMENTS("one-slot", "one"),   ARGUMENTS("one-slot", "if"),
    ARGUMENTS("philosophers", "3"), ARGUMENTS("readers", "3"),
    ARGUMENTS("peterson"),          ARGUMENTS("store-buffering"),
    ARGUMENTS("message-passing"),   ARGUMENTS("slots", "1", "2", "2"),
};

TEST(states_lead_to_the_outcomes_that_orders_lead_to)
{
    for (size_t i = 0; i < sizeof programs / sizeof *programs; i++) {
        struct explored orders, states;

        explore(&orders, "by-steps spurious=0", programs[i]);
        explore(&states, "by-steps by-states spurious=0", programs[i]);
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

    explore(&states, "by-states spurious=0", ARGUMENTS("slots", "2", "2", "2"));
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
