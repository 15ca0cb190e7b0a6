#define _GNU_SOURCE /* strsep */
/*
 * Hundreds of litmus programs over C11's atomics, whose final states another
 * tool computed: tests/explore/litmus. Exploring finds just these, under each
 * model: by steps, and by graphs, of which there are as many as that tool counts
 * (test_graph.c has the same without running anything). LITMUS=N takes every N-th
 * program only.
 */
#include "explore_run.h"

enum { MOST = 1024, LINE = 4096 };

static char lines[MOST][LINE];
static size_t line_count;

/* The field, which ends with a NUL then, and `rest` behind it. */
static char *field(char **rest)
{
    return strsep(rest, "\t\n");
}

/* States apart by commas; "-" is none. Their number; each has to be found. */
static size_t check_states(const struct explored *explored, const char *program, char *states)
{
    char wanted[512];
    size_t count = 0;

    for (char *state; (state = strsep(&states, ",")) != NULL;) {
        if (strcmp(state, "-") == 0)
            continue;
        snprintf(wanted, sizeof wanted, "exit 0|%s\n", state + (*state == ' '));
        if (!explored_has(explored, wanted))
            fail_msg("%s never ends with %s", program, wanted);
        count++;
    }
    return count;
}

/* `more` is what the model adds; or NULL. How many runs it took. */
static long check(const char *words, const char *program, char *states, char *more)
{
    struct explored explored;
    size_t count;
    long runs;

    explore(&explored, words, ARGUMENTS("litmus", program));
    count = check_states(&explored, program, states);
    if (more != NULL)
        count += check_states(&explored, program, more);
    if (explored.outcomes.count != count)
        fail_msg("%s has %zu outcomes, not %zu: %s", program, explored.outcomes.count, count,
                 explored.result.out);
    if (strstr(words, "model") != NULL && (!explored.complete || explored.redundant > 0))
        fail_msg("%s under %s: %s", program, words, explored.result.out);
    runs = explored.runs;
    explored_free(&explored);
    return runs;
}

static void read_table(void)
{
    FILE *file = fopen("tests/explore/litmus/known.tsv", "r");

    assert_non_null(file);
    for (line_count = 0; line_count < MOST && fgets(lines[line_count], LINE, file) != NULL;)
        line_count++;
    fclose(file);
    assert_true(line_count > 100);
}

/* `column` of the table is what the model adds to sequential consistency, 0: nothing. */
static long check_table(const char *words, int column)
{
    const char *step = getenv("LITMUS");
    long runs = 0;

    read_table();
    for (size_t i = 0; i < line_count; i += step != NULL ? strtoul(step, NULL, 10) : 1) {
        char *rest = lines[i], *columns[5];

        for (int k = 0; k < 5; k++)
            columns[k] = field(&rest);
        runs += check(words, columns[1], columns[2], column > 0 ? columns[column] : NULL);
    }
    return step != NULL ? 0 : runs;
}

TEST(by_steps_final_states_are_those_of_sequential_consistency)
{
    check_table("by-steps", 0);
}

TEST(graphs_are_those_of_sequential_consistency)
{
    assert_true(check_table("model=sc spurious=0", 0) % 3829 == 0);
}

TEST(graphs_are_those_of_x86)
{
    assert_true(check_table("model=tso spurious=0", 3) % 3929 == 0);
}

/* Without a word, as the atomics are weak. */
TEST(graphs_are_those_of_c11)
{
    assert_true(check_table("model=rc11 spurious=0", 4) % 4246 == 0);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
