/*
 * Which schedule of an outcome is shown: explore/model/outcome, compiled into
 * this test, with runs written by hand.
 */
#include <stdlib.h>

#include "explore/model/outcome.c"
#include "tests.h"

/* Threads 0 and 1. A letter a step: 0 or 1 while both could go on and neither
 * would rather wait; a or b, while the other could not; A or B for a thread that
 * would rather wait, and does not, while the other could go on; x or y, while
 * the other would rather wait. */
static void add_run(struct outcomes *outcomes, struct record *run, const char *steps)
{
    static const char letters[] = "01abABxy";
    const struct printed nothing = {"", "", 0, 0};

    memset(run, 0, sizeof *run);
    run->ending = ENDING_EXIT;
    for (; *steps != '\0'; steps++) {
        size_t kind = (size_t)(strchr(letters, *steps) - letters);
        uint8_t thread = kind % 2;

        run->events[run->event_count++] = (struct event){
            .thread = thread,
            .enabled = kind / 2 == 1 ? bit(thread) : 3,
            .lazy = kind / 2 == 2   ? bit(thread)
                    : kind / 2 == 3 ? 3 & ~bit(thread)
                                    : 0,
        };
    }
    outcomes_add(outcomes, run, &nothing);
}

/* Of two runs, whichever comes first, the first is shown. */
static void assert_shows(const char *better, const char *worse)
{
    struct record *run = malloc(sizeof *run);

    assert_non_null(run);
    for (int first = 0; first < 2; first++) {
        struct outcomes outcomes = {0};

        add_run(&outcomes, run, first == 0 ? better : worse);
        add_run(&outcomes, run, first == 0 ? worse : better);
        assert_int_equal(outcomes.count, 1);
        assert_int_equal(outcomes.list[0].runs, 2);
        assert_int_equal(outcomes.list[0].choice_count, strlen(better));
        outcomes_free(&outcomes);
    }
    free(run);
}

TEST(fewer_preemptions_come_before_all_else)
{
    assert_shows("bBBabab", "01");
}

TEST(fewer_limits_passed_early_come_before_switches_and_steps)
{
    assert_shows("ababab", "aabB");
}

/* What others would rather not do is no preemption of them. */
TEST(whoever_would_rather_wait_is_not_preempted)
{
    assert_shows("xbxbxbx", "01");
}

TEST(fewer_switches_come_before_steps)
{
    assert_shows("aaaabbbb", "aba");
}

TEST(fewer_steps_come_last)
{
    assert_shows("ab", "abb");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
