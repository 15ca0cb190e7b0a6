/*
 * Schedules: each outcome comes with one, which is replayed and traced; and what
 * exploring says does not depend on who explores.
 */
#include "explore_run.h"

/* The outcome's schedule, and how many preemptions it has. */
static long schedule_of(const char *stdout_text, char *schedule, size_t size)
{
    struct explored explored;
    char wanted[64];
    const char *found;
    long preemptions;

    explore(&explored, "", ARGUMENTS("racing-counter"));
    snprintf(wanted, sizeof wanted, "\"stdout\": \"%s\\n\"", stdout_text);
    found = strstr(explored.result.out, wanted);
    assert_non_null(found);
    preemptions = explored_number(found, "\"preemptions\": ");
    explored_string(found, "\"schedule\": ", schedule, size);
    explored_free(&explored);
    return preemptions;
}

static void run_with(struct process_result *result, const char *mode, const char *schedule)
{
    char words[1024];

    snprintf(words, sizeof words, "%s=%s program=counter", mode, schedule);
    run_explored(result, words, ARGUMENTS("racing-counter"));
}

TEST(each_outcome_comes_back_with_its_schedule)
{
    static const char *const outcomes[] = {"2", "3", "4"};
    static const long preemptions[] = {1, 2, 0};
    struct process_result result;
    char schedule[512], printed[8];

    for (int i = 0; i < 3; i++) {
        assert_int_equal(schedule_of(outcomes[i], schedule, sizeof schedule), preemptions[i]);
        run_with(&result, "replay", schedule);
        snprintf(printed, sizeof printed, "%s\n", outcomes[i]);
        assert_string_equal(result.out, printed);
        assert_string_equal(result.err, "");
        assert_int_equal(result.returncode, 0);
        process_result_destroy(&result);
    }
}

/* The lines of a trace, without what the compiler decides. */
TEST(trace_tells_the_lost_update)
{
    struct process_result result;
    char schedule[512];

    schedule_of("2", schedule, sizeof schedule);
    run_with(&result, "trace", schedule);
    assert_non_null(
        strstr(result.out,
               "trace 1\nprogram \"counter\"\nthread 0 \"main\"\n"
               "thread 1 \"count 1\"\nthread 2 \"count 2\"\nstep 1 0 create thread=1 "));
    assert_non_null(strstr(result.out, "step 6 1 read memory=\"counter\" value=1 size=4 "));
    assert_non_null(strstr(result.out, "step 11 2 write memory=\"counter\" value=3 size=4 "));
    assert_non_null(strstr(result.out, "step 13 1 write memory=\"counter\" value=2 size=4 "));
    assert_non_null(strstr(result.out, " source=\"counter++;\"\n"));
    assert_non_null(strstr(result.out, " print stream=stdout text=\"2\\n\" at=\""));
    assert_non_null(strstr(result.out, "\nwait 0 2 14 1 thread \"count 1\"\n"));
    assert_non_null(strstr(result.out, "\nend exit 0 \"ends with status 0\"\n"));
    process_result_destroy(&result);
}

/* Two items and the end: three calls, whatever queue_get does inside. */
TEST(trace_names_the_library_calls_that_steps_are_part_of)
{
    static const char word[] = " call=\"queue_get\" entry=";
    struct process_result result;
    unsigned long entry = 0, calls = 0;

    run_explored(&result, "trace=0", ARGUMENTS("queue-crew", "1", "1", "2"));
    for (const char *at = result.out; (at = strstr(at, word)) != NULL; at++) {
        unsigned long next = strtoul(at + strlen(word), NULL, 10);

        calls += next != entry;
        entry = next;
    }
    assert_int_equal(calls, 3);
    assert_null(strstr(result.out, " call=\"main\""));
    process_result_destroy(&result);
}

TEST(wrong_schedules_are_refused)
{
    static const char *const wrong[] = {
        "",          "0x",  "a", "0x2,", "99", "0x99999999", "0,-1", "0x2@", "0x2@nowhere+1",
        "0x2@count", "0 x",
    };
    struct process_result result;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        run_with(&result, "replay", wrong[i]);
        if (result.returncode != 2)
            fail_msg("\"%s\" is taken for a schedule", wrong[i]);
        process_result_destroy(&result);
    }
    run_with(&result, "trace", "1");
    assert_int_equal(result.returncode, 2);
    assert_non_null(strstr(result.err, "cannot follow this schedule"));
    process_result_destroy(&result);
}

/* The kernel's account of the processor, which is closed later, has no less in it. */
TEST(the_processor_is_not_counted_twice)
{
    struct explored explored;
    const struct rusage *usage = &explored.result.usage;
    double used, said;

    explore(&explored, "model=sc jobs=1", ARGUMENTS("counters"));
    said = strtod(strstr(explored.result.out, "\"processor\": ") + strlen("\"processor\": "), NULL);
    used = (double)(usage->ru_utime.tv_sec + usage->ru_stime.tv_sec) +
           (double)(usage->ru_utime.tv_usec + usage->ru_stime.tv_usec) / 1e6;
    assert_true(said > 0 && said <= used + 0.001);
    explored_free(&explored);
}

/* What goes with orders only, or not with states, is not passed over without a word. */
TEST(what_graphs_or_states_have_not_is_refused)
{
    static const char *const wrong[][2] = {
        {"json model=rc11 bound=1", "no preemptions"},
        {"json by-states shard=1/2", "no parts"},
    };
    struct process_result result;

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        run_explored(&result, wrong[i][0], ARGUMENTS("counters"));
        assert_int_equal(result.returncode, 2);
        assert_non_null(strstr(result.err, wrong[i][1]));
        process_result_destroy(&result);
    }
}

TEST(replayed_deadlock_says_who_waits_for_what)
{
    struct process_result result;

    run_explored(&result, "replay=0x2,1x2,2x2", ARGUMENTS("philosophers", "2"));
    assert_non_null(strstr(result.err, "explore: deadlock\n"));
    assert_non_null(strstr(result.err, "run 1 waits for the mutex forks[1], which run 2 has, at "));
    assert_int_equal(result.returncode, 1);
    process_result_destroy(&result);
}

TEST(exploring_twice_says_the_same)
{
    struct explored first, second;

    explore(&first, "jobs=4", ARGUMENTS("one-slot", "one"));
    explore(&second, "jobs=4", ARGUMENTS("one-slot", "one"));
    explored_cut_seconds(&first);
    explored_cut_seconds(&second);
    assert_string_equal(first.result.out, second.result.out);
    explored_free(&second);
    explore(&second, "jobs=1", ARGUMENTS("one-slot", "one"));
    assert_int_equal(first.runs, second.runs);
    assert_int_equal(first.outcomes.count, second.outcomes.count);
    explored_free(&first);
    explored_free(&second);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
