#define _GNU_SOURCE /* strsep */
/*
 * Hundreds of litmus programs over C11's atomics, whose final states another
 * tool computed: tests/explore/litmus. Under sequential consistency exploring
 * finds just these. LITMUS=N takes every N-th program only.
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

static void check(const char *name, const char *program, char *states)
{
    struct explored explored;
    char path[4096], wanted[512];
    size_t count = 0;

    explored_path("litmus", path, sizeof path);
    explore_arguments(&explored, "", (const char *const[]){path, program, NULL});
    for (char *state; (state = strsep(&states, ",")) != NULL; count++) {
        snprintf(wanted, sizeof wanted, "exit 0|%s\n", state + (*state == ' '));
        if (!explored_has(&explored, wanted))
            fail_msg("%s (%s) never ends with %s", name, program, state);
    }
    if (explored.outcomes.count != count)
        fail_msg("%s (%s) has %zu outcomes, not %zu: %s", name, program, explored.outcomes.count,
                 count, explored.result.out);
    explored_free(&explored);
}

static void final_states_are_those_of_sequential_consistency(void **state)
{
    const char *step = getenv("LITMUS");

    (void)state;
    for (size_t i = 0; i < line_count; i += step != NULL ? strtoul(step, NULL, 10) : 1) {
        char *rest = lines[i], *name = field(&rest), *program = field(&rest);

        check(name, program, field(&rest));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(final_states_are_those_of_sequential_consistency),
    };
    FILE *file = fopen("tests/explore/litmus/known.tsv", "r");

    if (file == NULL)
        return 1;
    while (line_count < MOST && fgets(lines[line_count], LINE, file) != NULL)
        line_count++;
    fclose(file);
    return line_count < 100 || cmocka_run_group_tests(tests, NULL, NULL);
}
