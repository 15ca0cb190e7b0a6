/*
 * errno is the program's: nothing of what the explorer does between two of its steps
 * may be seen in it. Where each run has a process, threads wait for their turns in the
 * kernel; a library that is loaded before the C library sets errno whenever they do.
 */
#include "explore_run.h"

static void path_of(const char *name, char *path, size_t size)
{
    explored_path("", path, size);
    *strstr(path, "explored/") = '\0';
    assert_true(strlen(path) + strlen(name) < size);
    strcat(path, name);
}

TEST(who_waits_for_its_turn_keeps_errno)
{
    char program[4096], library[4096];
    const char *argv[] = {program, NULL};
    struct explored explored;

    path_of("corpus/gcc/errno-across-a-lock", program, sizeof program);
    path_of("syscall_sets_errno.so", library, sizeof library);
    assert_int_equal(access(library, R_OK), 0);
    setenv("LD_PRELOAD", library, 1);
    explore(&explored, "engine=fork jobs=1", argv);
    unsetenv("LD_PRELOAD");
    assert_true(explored.runs > 1); /* and not proven: nobody sees into that library */
    assert_int_equal(explored.outcomes.count, 1);
    assert_string_equal(explored.outcomes.list[0], "exit 0|7 and 7\n");
    explored_free(&explored);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
