/*
 * Exploring programs whose outcomes are known: from books, from papers, and
 * by counting.
 */
#include "explore_run.h"
#include "folder.h"

/* What was explored ---------------------------------------------------------------- */

static void check_outcomes(struct explored *explored, const char *const *expected)
{
    size_t count = 0;

    assert_true(explored->complete);
    for (; expected[count] != NULL; count++)
        if (!explored_has(explored, expected[count]))
            fail_msg("no outcome \"%s\" in %s", expected[count], explored->result.out);
    if (explored->outcomes.count != count)
        fail_msg("%zu outcomes instead of %zu: %s", explored->outcomes.count, count,
                 explored->result.out);
}

/* The program has just these outcomes. */
static void assert_outcomes(const char *const *arguments, const char *const *expected)
{
    struct explored explored;

    explore(&explored, "", arguments);
    check_outcomes(&explored, expected);
    explored_free(&explored);
}

static void assert_races(const char *const *arguments, bool races)
{
    struct explored explored;

    explore(&explored, "", arguments);
    assert_true(explored.complete);
    if ((strstr(explored.result.out, "\"races\": []") == NULL) != races)
        fail_msg("%s: %s", races ? "no race" : "a race", explored.result.out);
    explored_free(&explored);
}

static void assert_says(const char *const *arguments, const char *text)
{
    struct explored explored;

    explore(&explored, "", arguments);
    if (strstr(explored.result.out, text) == NULL)
        fail_msg("no \"%s\" in %s", text, explored.result.out);
    explored_free(&explored);
}

/* What a list is worth -------------------------------------------------------------- */

#define ASSUMED_OF_C "\"assumed\": \"C's memory model; time at will"
#define ASSUMED_SC "\"assumed\": \"sequential consistency ("

static void assert_worth(const char *const *arguments, const char *options, const char *text,
                         int status)
{
    struct explored explored;

    explore(&explored, options, arguments);
    if (strstr(explored.result.out, text) == NULL)
        fail_msg("no %s in %s", text, explored.result.out);
    assert_int_equal(explored.result.returncode, status);
    explored_free(&explored);
}

TEST(every_schedule_of_seq_cst_atomics_is_all_that_c_allows)
{
    assert_worth(ARGUMENTS("store-buffering"), "", "\"complete\": true", 0);
    assert_worth(ARGUMENTS("store-buffering"), "", "\"model\": \"c11\", " ASSUMED_OF_C, 0);
    assert_worth(ARGUMENTS("store-buffering"), "bound=1", "\"model\": \"sc\"", 3);
}

TEST(weaker_atomics_that_nothing_orders_are_named)
{
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "by-steps", "\"complete\": false", 3);
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "by-steps",
                 "\"model\": \"sc\", " ASSUMED_SC "C allows more", 3);
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "by-steps",
                 "\"weak\": {\"object\": \"words", 3);
    assert_worth(ARGUMENTS("message-passing"), "by-steps", "\"weak\": {\"object\": \"ready\"", 3);
}

TEST(weaker_atomics_are_explored_as_c11_has_them)
{
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "",
                 "\"model\": \"rc11\", \"assumed\": \"C11's memory model", 0);
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "", "\"stdout\": \"0 0\\n\"", 0);
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "model=tso",
                 "\"model\": \"tso\", \"assumed\": \"x86's memory model", 0);
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "model=tso", "\"stdout\": \"0 0\\n\"", 0);
    assert_worth(ARGUMENTS("store-buffering", "relaxed"), "model=sc",
                 "\"complete\": true, \"bounded\": false, \"bound\": -1, \"stopped\": \"\"", 0);
    assert_worth(ARGUMENTS("message-passing"), "", "\"model\": \"rc11\"", 0);
}

/* However many outcomes there are, none is believed before it was seen in other worlds. */
TEST(a_late_outcome_that_hangs_on_unwritten_memory_is_doubted)
{
    assert_worth(ARGUMENTS("draws"), "", "depends on memory that it has not written before", 3);
}

/* The first cells of the chapter's table, with semicolons between them. */
static void read_chapter_line(char *line, size_t size)
{
    FILE *chapter = fopen("chapters/90-every-outcome.md", "r");
    char row[1024];
    bool there = false;

    assert_non_null(chapter);
    *line = '\0';
    while (fgets(row, sizeof row, chapter) != NULL) {
        char *end = strncmp(row, "| `", 3) == 0 ? strstr(row, "` |") : NULL;

        there = there || strncmp(row, "| the line says", 15) == 0;
        if (there && end != NULL)
            snprintf(line + strlen(line), size - strlen(line), "%s%.*s", *line != '\0' ? "; " : "",
                     (int)(end - row) - 3, row + 3);
        if (there && *row == '\n')
            break;
    }
    fclose(chapter);
}

TEST(the_chapter_explains_the_line_that_reports_have)
{
    char line[512], wanted[600];

    read_chapter_line(line, sizeof line);
    snprintf(wanted, sizeof wanted, "\"assumed\": \"%s\"", line);
    assert_worth(ARGUMENTS("one-slot"), "", wanted, 0);
}

TEST(a_data_race_leaves_c_without_rules)
{
    assert_worth(ARGUMENTS("racing-counter"), "",
                 "\"model\": \"race\", " ASSUMED_SC "C promises nothing", 1);
}

/* Lost updates and memory ------------------------------------------------------------ */

TEST(two_threads_that_count_to_two_end_with_two_three_or_four)
{
    assert_outcomes(ARGUMENTS("racing-counter"),
                    ARGUMENTS("exit 0|2\n", "exit 0|3\n", "exit 0|4\n"));
    assert_races(ARGUMENTS("racing-counter"), true);
}

TEST(store_buffering_never_reads_two_zeros)
{
    assert_outcomes(ARGUMENTS("store-buffering"),
                    ARGUMENTS("exit 0|0 1\n", "exit 0|1 0\n", "exit 0|1 1\n"));
    assert_races(ARGUMENTS("store-buffering", "relaxed"), false);
}

TEST(message_that_was_announced_is_there)
{
    assert_outcomes(ARGUMENTS("message-passing"), ARGUMENTS("exit 0|42\n", "exit 0|nothing yet\n"));
    assert_races(ARGUMENTS("message-passing"), false);
}

TEST(relaxed_announcement_is_a_race)
{
    assert_races(ARGUMENTS("message-passing", "relaxed"), true);
}

TEST(locks_of_peterson_and_dekker_exclude)
{
    assert_outcomes(ARGUMENTS("peterson"), ARGUMENTS("exit 0|one at a time\n"));
    assert_races(ARGUMENTS("peterson"), false);
    assert_outcomes(ARGUMENTS("peterson", "broken"),
                    ARGUMENTS("exit 0|one at a time\n", "exit 0|both were inside\n"));
    assert_outcomes(ARGUMENTS("dekker"), ARGUMENTS("exit 0|2\n"));
}

TEST(memory_freed_while_in_use_is_a_race)
{
    assert_races(ARGUMENTS("endings", "free"), true);
}

/* The byte that is read was written with seven others, and then one of those again. */
TEST(access_to_a_byte_hides_none_to_the_others)
{
    assert_outcomes(ARGUMENTS("touches", "overlap"), ARGUMENTS("exit 0|0\n", "exit 0|1\n"));
    assert_races(ARGUMENTS("touches", "overlap"), true);
}

/* One step races with 70 of another thread: before and after each is a class. But a
 * copy is not one step in truth. */
TEST(no_rival_of_a_step_is_forgotten)
{
    struct explored explored;

    explore(&explored, "", ARGUMENTS("touches", "cells", "70"));
    assert_non_null(strstr(explored.result.out, "races over 800 bytes at once"));
    assert_false(explored.complete);
    assert_int_equal(explored.outcomes.count, 71);
    assert_int_equal(explored.runs, 71);
    explored_free(&explored);
}

TEST(too_much_memory_is_refused_with_its_size)
{
    assert_says(ARGUMENTS("touches", "large", "5"),
                "\"fault\": \"accesses to more than 4 MiB of memory\"");
}

/* Waiting ---------------------------------------------------------------------------- */

TEST(philosophers_starve_unless_one_is_polite)
{
    assert_outcomes(ARGUMENTS("philosophers", "3"),
                    ARGUMENTS("exit 0|all have eaten\n", "deadlock|"));
    assert_outcomes(ARGUMENTS("philosophers", "3", "polite"), ARGUMENTS("exit 0|all have eaten\n"));
    assert_says(ARGUMENTS("philosophers", "2"), "waits for the mutex forks[1], which run 2 has");
}

TEST(one_slot_prints_five_things)
{
    assert_outcomes(ARGUMENTS("one-slot"),
                    ARGUMENTS("exit 0|putting\nput 1\nput 2\ngot 1\ngot 2\n",
                              "exit 0|putting\nput 1\ngot 1\nput 2\ngot 2\n",
                              "exit 0|putting\nput 1\ngot 1\ngot 2\nput 2\n",
                              "exit 0|putting\ngot 1\nput 1\nput 2\ngot 2\n",
                              "exit 0|putting\ngot 1\nput 1\ngot 2\nput 2\n"));
    assert_races(ARGUMENTS("one-slot"), false);
}

TEST(consumer_that_looks_once_gets_nothing)
{
    assert_outcomes(ARGUMENTS("one-slot", "if"),
                    ARGUMENTS("exit 0|got 1\ngot 2\n", "exit 0|got 2\ngot 1\n",
                              "exit 0|got 1\ngot 0\n", "exit 0|got 0\ngot 1\n",
                              "lost wake-up|got 0\ngot 0\n"));
}

TEST(signal_to_the_wrong_side_is_lost)
{
    assert_outcomes(ARGUMENTS("one-slot", "one"),
                    ARGUMENTS("exit 0|got 1\ngot 2\n", "exit 0|got 2\ngot 1\n",
                              "lost wake-up|got 1\n"));
    assert_says(ARGUMENTS("one-slot", "one"),
                "waits on the condition not_empty, and nobody will wake it");
}

/* Each run ends stuck; that the other thread may come first, only its wait tells. */
TEST(lock_that_is_kept_is_raced_for_all_the_same)
{
    assert_outcomes(ARGUMENTS("interpret", "l0 p", "l0 p"),
                    ARGUMENTS("deadlock|1:0\n", "deadlock|2:0\n"));
}

#define WAITS_ONCE "l0 c0 u0 p"
#define WAITS_LIMITED "l0 d0 u0 p"

static void assert_outcomes_with(const char *options, const char *const *arguments,
                                 const char *const *expected)
{
    struct explored explored;

    explore(&explored, options, arguments);
    check_outcomes(&explored, expected);
    explored_free(&explored);
}

TEST(a_thread_may_be_woken_without_cause)
{
    assert_outcomes(ARGUMENTS("interpret", WAITS_ONCE), ARGUMENTS("exit 0|1:0\n", "lost wake-up|"));
    assert_outcomes_with("spurious=0", ARGUMENTS("interpret", WAITS_ONCE),
                         ARGUMENTS("lost wake-up|"));
    assert_outcomes(ARGUMENTS("interpret", "l0 c0 c0 u0 p"), ARGUMENTS("lost wake-up|"));
    assert_outcomes_with("spurious=2", ARGUMENTS("interpret", "l0 c0 c0 u0 p"),
                         ARGUMENTS("exit 0|1:0\n", "lost wake-up|"));
}

/* ... and is not late then: 1 was woken, 2 was late. */
TEST(a_wait_with_a_limit_may_end_without_cause_too)
{
    assert_outcomes(ARGUMENTS("interpret", WAITS_LIMITED),
                    ARGUMENTS("exit 0|1:1\n", "exit 0|1:2\n"));
    assert_outcomes_with("spurious=0", ARGUMENTS("interpret", WAITS_LIMITED),
                         ARGUMENTS("exit 0|1:2\n"));
}

TEST(wake_ups_are_spoken_of_where_there_are_waits)
{
    assert_worth(ARGUMENTS("interpret", WAITS_LIMITED), "",
                 "time at will; at most 1 wake-up without cause a thread; no call fails", 0);
    assert_worth(ARGUMENTS("interpret", WAITS_LIMITED), "spurious=0",
                 "time at will; no wake-up without cause; no call fails", 0);
    assert_worth(ARGUMENTS("store-buffering"), "spurious=2", "time at will; no call fails", 0);
}

/* What can be had without a wake-up that nobody caused is shown without. */
TEST(the_most_natural_schedule_has_no_wake_up_without_cause)
{
    struct explored explored;

    explore(&explored, "", ARGUMENTS("one-slot"));
    assert_null(strchr(strstr(explored.result.out, "\"schedule\""), '/'));
    explored_free(&explored);
}

/* Which one fails is no matter of order; but only one does. */
TEST(either_of_two_threads_may_be_the_one_that_fails)
{
    const char *const words[] = {"failing=malloc", "failing=malloc reduce=sleep",
                                 "failing=malloc reduce=nothing"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        assert_outcomes_with(words[i], ARGUMENTS("failing", "two"),
                             ARGUMENTS("exit 0|one two \n", "exit 0|two one \n",
                                       "exit 0|one has none two \n", "exit 0|two one has none \n",
                                       "exit 0|one two has none \n", "exit 0|two has none one \n"));
}

TEST(one_call_may_fail_where_that_is_asked_for)
{
    assert_outcomes(ARGUMENTS("failing"), ARGUMENTS("exit 0|both\na thread\n"));
    assert_outcomes_with("failing=thread", ARGUMENTS("failing"),
                         ARGUMENTS("exit 0|both\na thread\n", "exit 0|both\nno thread\n"));
    assert_outcomes_with("failing=malloc", ARGUMENTS("failing"),
                         ARGUMENTS("exit 0|both\na thread\n", "exit 0|no one\na thread\n",
                                   "exit 0|no two\na thread\n"));
    assert_outcomes_with("failing=thread,malloc", ARGUMENTS("failing"),
                         ARGUMENTS("exit 0|both\na thread\n", "exit 0|no one\na thread\n",
                                   "exit 0|no two\na thread\n", "exit 0|both\nno thread\n"));
    assert_worth(ARGUMENTS("failing"), "failing=thread,malloc",
                 "; at most 1 malloc or pthread_create a run fails, and no other call;", 0);
}

/* C17, 7.17.7.4p4. To clang's sanitizer every compare-exchange is strong. */
TEST(weak_compare_exchange_may_fail_without_cause)
{
    struct explored explored;

#ifdef __clang__
    skip();
#endif
    explore(&explored, "spurious=0", ARGUMENTS("weak"));
    check_outcomes(&explored, ARGUMENTS("exit 0|6, expected 5, tried once\n"));
    explored_free(&explored);
    explore(&explored, "", ARGUMENTS("weak"));
    check_outcomes(&explored, ARGUMENTS("exit 0|6, expected 5, tried once\n",
                                        "exit 0|5, expected 5, tried once\n"));
    explored_free(&explored);
    explore(&explored, "spurious=2", ARGUMENTS("weak", "loop"));
    check_outcomes(&explored, ARGUMENTS("exit 0|6, expected 5, tried once\n",
                                        "exit 0|6, expected 5, tried again\n"));
    explored_free(&explored);
}

TEST(values_of_threads_are_destroyed_with_them)
{
    assert_outcomes(ARGUMENTS("values"), ARGUMENTS("exit 0|made 1, cleaned 2, destroyed 2\n"));
}

TEST(loop_over_plain_memory_is_waited_for)
{
    assert_outcomes(ARGUMENTS("endings", "spin"), ARGUMENTS("exit 0|done\n"));
    assert_outcomes(ARGUMENTS("interpret", "a0"), ARGUMENTS("livelock|"));
}

/* Room for one. Every item is got once, and nothing is raced for. */
static void assert_queue_keeps(const char *items, const char *options, const char *const *crew)
{
    struct explored explored;

    explore(&explored, options, crew);
    assert_int_equal(explored.complete, *options == '\0');
    assert_int_equal(explored.outcomes.count, 1);
    assert_string_equal(explored.outcomes.list[0], items);
    assert_non_null(strstr(explored.result.out, "\"stopped\": \"\""));
    assert_non_null(strstr(explored.result.out, "\"races\": []"));
    explored_free(&explored);
}

/* All the schedules of two who get are too many for a test. */
TEST(library_queue_loses_nothing_and_gives_nothing_twice)
{
    assert_queue_keeps("exit 0|11\n", "", ARGUMENTS("queue-crew", "1", "1", "2"));
    assert_queue_keeps("exit 0|11\n", "", ARGUMENTS("queue-crew", "2", "1", "2"));
    assert_queue_keeps("exit 0|11\n", "bound=0", ARGUMENTS("queue-crew", "1", "2", "2"));
}

/* Complete, though they name themselves by prctl(2). */
TEST(library_threads_are_proven)
{
    assert_outcomes(ARGUMENTS("library-thread"), ARGUMENTS("exit 0|12", "exit 0|21"));
    assert_races(ARGUMENTS("library-thread"), false);
}

/* Endings ---------------------------------------------------------------------------- */

TEST(crashes_and_assertions_come_with_the_schedules_without)
{
    assert_outcomes(ARGUMENTS("endings", "crash"), ARGUMENTS("signal|", "exit 0|done\n"));
    assert_outcomes(ARGUMENTS("endings", "assert"), ARGUMENTS("signal|", "exit 0|done\n"));
    assert_says(ARGUMENTS("endings", "assert"), "is ended by SIGABRT");
    assert_says(ARGUMENTS("endings", "assert"), "second: Assertion `done == 0' failed.\\n");
}

TEST(unlocking_what_is_not_ones_own_is_misuse)
{
    assert_says(ARGUMENTS("endings", "unlock"), "unlocks a mutex that another thread has locked");
}

/* C libraries differ in that (cut.h): all is listed, and nothing proven. */
TEST(thread_may_be_cut_off_by_the_end_of_main)
{
    const char *const expected[] = {"exit 3|", "exit 3|late", "exit 3|late\n"};
    struct explored explored;

    explore(&explored, "", ARGUMENTS("endings", "leave"));
    assert_false(explored.complete);
    assert_int_equal(explored.outcomes.count, sizeof expected / sizeof *expected);
    for (size_t i = 0; i < explored.outcomes.count; i++)
        assert_true(explored_has(&explored, expected[i]));
    explored_free(&explored);
    assert_says(ARGUMENTS("endings", "leave"), "exits while another thread prints");
}

TEST(what_cannot_be_explored_is_refused_by_name)
{
    assert_says(ARGUMENTS("endings", "fork"), "\"fault\": \"calls fork\"");
    assert_says(ARGUMENTS("endings", "socket"), "\"fault\": \"calls socket\"");
    assert_says(ARGUMENTS("endings", "handler"), "\"fault\": \"handles SIGSEGV\"");
    assert_says(ARGUMENTS("endings", "fork"), "\"stopped\": \"refused\"");
}

FOLDER_TEST(program_that_is_not_the_same_every_time_is_found_out)
{
    assert_says(ARGUMENTS("endings", "chance"), "\"stopped\": \"diverged\"");
}

/* Limits ----------------------------------------------------------------------------- */

TEST(limits_stop_with_a_word)
{
    struct explored explored;

    explore(&explored, "runs=10 jobs=1", ARGUMENTS("racing-counter"));
    assert_false(explored.complete);
    assert_int_equal(explored.runs, 10);
    assert_non_null(strstr(explored.result.out, "\"stopped\": \"runs\""));
    assert_int_equal(explored.result.returncode, 1); /* the race was found */
    explored_free(&explored);
    explore(&explored, "steps=5", ARGUMENTS("racing-counter"));
    assert_non_null(strstr(explored.result.out, "\"stopped\": \"steps\""));
    explored_free(&explored);
    explore(&explored, "bound=0", ARGUMENTS("store-buffering"));
    assert_non_null(strstr(explored.result.out, "\"bounded\": true"));
    assert_int_equal(explored.result.returncode, 3);
    explored_free(&explored);
}

TEST(bound_that_keeps_nothing_out_is_no_bound)
{
    struct explored explored;

    explore(&explored, "bound=20", ARGUMENTS("racing-counter"));
    check_outcomes(&explored, ARGUMENTS("exit 0|2\n", "exit 0|3\n", "exit 0|4\n"));
    explored_free(&explored);
}

/* How many runs ------------------------------------------------------------------------ */

static void assert_runs(const char *name, const char *size, long runs, long redundant_most)
{
    struct explored explored;

    explore(&explored, "", ARGUMENTS(name, size));
    assert_true(explored.complete);
    if (explored.runs != runs || explored.redundant > redundant_most)
        fail_msg("%s %s: %ld runs and %ld cut short", name, size, explored.runs,
                 explored.redundant);
    explored_free(&explored);
}

/*
 * Abdulla, Aronis, Jonsson, Sagonas (POPL 2014, table 1): the optimal algorithm
 * runs one schedule of each class, and so do we, not counting what is cut
 * short. Source sets alone leave some of that in lastzero: 79 - 64 there.
 */
TEST(classic_programs_need_as_many_runs_as_they_have_classes)
{
    assert_runs("filesystem", "14", 2, 0);
    assert_runs("filesystem", "16", 8, 0);
    assert_runs("filesystem", "18", 32, 0);
    assert_runs("filesystem", "19", 64, 0);
    assert_runs("indexer", "11", 1, 0);
    assert_runs("indexer", "12", 8, 0);
    assert_runs("indexer", "13", 64, 0);
    assert_runs("readers", "2", 4, 0);
    assert_runs("readers", "8", 256, 0);
    assert_runs("lastzero", "5", 64, 79 - 64);
}

/* Each increment is a read and a write, for every compiler: a pair of threads
 * with read, write, read, write has 34 classes, as sleep sets alone count. */
TEST(every_access_of_the_source_is_a_step)
{
    assert_runs("racing-counter", "", 34, 0);
}

/* What the C library takes from it, for the explorer, nobody could put back. */
TEST(a_heap_of_the_program_is_refused_by_name)
{
    struct process_result result = {0};

    run_explored(&result, "json", ARGUMENTS("own-heap"));
    assert_int_equal(result.returncode, 2);
    assert_string_equal(result.err,
                        "explore: this cannot be explored, as it has its own \"malloc\"\n");
    process_result_destroy(&result);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
