/*
 * What tests that may hang are watched by.
 */
#include "tests.h"

#include "progress.h"

TEST(who_uses_no_processor_time_hangs)
{
    struct progress progress = {.most = 100};

    assert_null(progress_look(&progress, 1));
    for (int i = 1; i < PROGRESS_LOOKS; i++)
        assert_null(progress_look(&progress, 1.001 + i / 1e6));
    assert_string_equal(progress_look(&progress, 1.0011), "it has not moved for minutes");
}

TEST(who_is_slow_goes_on)
{
    struct progress progress = {.most = 100};

    for (int i = 0; i < 1000; i++)
        assert_null(progress_look(&progress, i / 100.0));
    for (int i = 0; i < PROGRESS_LOOKS - 1; i++)
        assert_null(progress_look(&progress, 10));
    assert_null(progress_look(&progress, 10.1));
    assert_null(progress_look(&progress, 10.1));
}

TEST(who_turns_for_ever_hangs)
{
    struct progress progress = {.most = 100};

    assert_null(progress_look(&progress, 100));
    assert_non_null(progress_look(&progress, 101));
}

int main(void)
{
    return tests_run(NULL, NULL);
}
