/*
 * How many executions programs have, where checkers count differently. Ours counts what
 * C11 tells apart: each order of a mutex's sections, whatever is done in them, and a weak
 * compare-exchange that fails without cause, as often as it may. With the same question
 * GenMC 0.10.3 gives the same numbers. It leaves such failures out, and with its --lapor
 * also the order of sections that do not conflict: 6 for 10, 5 for 6.
 */
#include "explore_run.h"

static long count(const char *options, const char *const *program)
{
    struct explored explored;
    long runs;

    explore(&explored, options, program);
    assert_true(explored.complete);
    runs = explored.runs;
    explored_free(&explored);
    return runs;
}

/*
 * Say A's node is the last but one; then B's is pushed onto it. B finds A's at once, or
 * it finds nothing, and its compare-exchange A's: two ways, and two the other way round.
 */
TEST(a_list_of_two_has_four_executions)
{
    assert_int_equal(count("model=rc11 spurious=0", ARGUMENTS("push")), 4);
    assert_int_equal(count("model=sc spurious=0", ARGUMENTS("push")), 4);
}

/*
 * With one failure without cause for each thread, A fails so or not: 2 ways. B, which has
 * found A's node, as well: 2; if it has found nothing, it fails so never, before it
 * finds A's or after: 3. So there are 2 * 5, and as many the other way round.
 */
TEST(a_failure_without_cause_is_an_execution_of_its_own)
{
    assert_int_equal(count("model=rc11 spurious=1", ARGUMENTS("push")), 20);
}

/*
 * The sections of mutex 0 have 6 orders. In 2 of them, one thread's second comes before
 * the other's first, and so the other's section of mutex 1 is the later one; in the other
 * 4, that mutex has both orders: 2 + 4 * 2.
 */
TEST(sections_have_an_order_where_nothing_in_them_conflicts)
{
    assert_int_equal(count("model=rc11", ARGUMENTS("interpret", "l0 i0 u0 l1 u1 l0 i0 u0",
                                                   "l0 i0 u0 l1 u1 l0 i0 u0")),
                     10);
    assert_int_equal(count("model=rc11",
                           ARGUMENTS("interpret", "l0 w0 u0", "l0 r0 u0", "l0 r0 u0")),
                     6);
}

/*
 * A lock that spins without end has as many executions as it may look in vain, so checkers
 * cut its loop, each in its own way. With a limit in the program they have to agree.
 */
TEST(tries_that_are_counted_have_as_many_executions_as_elsewhere)
{
    static const struct {
        const char *threads, *tries;
        long executions;
    } known[] = {{"2", "1", 8}, {"2", "2", 14}, {"2", "3", 18}, {"3", "1", 117}, {"3", "2", 1287}};

    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *const *program = ARGUMENTS("tries", known[i].threads, known[i].tries);

        assert_int_equal(count("model=sc", program), known[i].executions);
        assert_int_equal(count("model=rc11", program), known[i].executions);
    }
}

/* Then no number of steps would do. */
TEST(a_graph_that_is_full_says_so)
{
    struct explored explored;

    explore(&explored, "model=rc11", ARGUMENTS("counting", "2", "200"));
    assert_false(explored.complete);
    assert_non_null(strstr(explored.result.out, "\"stopped\": \"steps\""));
    assert_non_null(strstr(explored.result.out, "has more than 512 reads, writes"));
    explored_free(&explored);
}

static long kib(const char *options, const char *const *program)
{
    struct explored explored;
    long size;

    explore(&explored, options, program);
    assert_true(explored.complete);
    size = explored_number(explored.result.out, "\"kib\": ");
    explored_free(&explored);
    return size;
}

/* 14400 executions for 576. */
TEST(memory_does_not_grow_with_the_executions)
{
    static const char *const options[] = {"by-steps", "model=rc11"};

    for (size_t i = 0; i < 2; i++)
        assert_in_range(kib(options[i], ARGUMENTS("counting", "5", "1")), 1,
                        kib(options[i], ARGUMENTS("counting", "4", "1")) + 1024);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
