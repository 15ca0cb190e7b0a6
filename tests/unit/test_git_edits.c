/*
 * What git has not: which lines edits touch.
 */
#include "folder.h"

#include "heddle/system/git_edits.h"
#include "lib/process.h"

FIXTURE(folder_enter, folder_leave);

static void run_git(const char *const argv[])
{
    const struct process_options options = {.capture_output = true};
    struct process_result result;

    assert_int_equal(process_run(argv, &options, &result), 0);
    if (result.returncode != 0)
        fail_msg("git: %s", result.err);
    process_result_destroy(&result);
}

/* A file of these lines in a repository, then of those. */
static struct git_edits edits_between(struct arena *arena, const char *before, const char *after)
{
    run_git(PROCESS_ARGV("git", "init", "-q"));
    put_file("a.md", before);
    run_git(PROCESS_ARGV("git", "add", "a.md"));
    run_git(PROCESS_ARGV("git", "-c", "user.name=t", "-c", "user.email=t@example.org", "commit",
                         "-q", "-m", "x"));
    put_file("a.md", after);
    return git_edits_read(arena, "a.md");
}

TEST(a_deletion_touches_what_it_stands_between)
{
    struct arena arena = {0};
    struct git_edits edits = edits_between(&arena, "1\n2\n3\n4\n5\n6\n", "1\n2\n3\n5\n6\n");

    assert_int_equal(edits.state, GIT_EDITS_KNOWN);
    assert_int_equal(edits.count, 1);
    assert_true(git_edits_touch(&edits, 4, 5));  /* just before it */
    assert_true(git_edits_touch(&edits, 2, 3));  /* just behind it */
    assert_true(git_edits_touch(&edits, 3, 4));  /* inside */
    assert_false(git_edits_touch(&edits, 5, 5)); /* a line away */
    assert_false(git_edits_touch(&edits, 1, 2));
    assert_false(git_edits_touch(&edits, 4, 3)); /* no lines at all */
    arena_free(&arena);
}

TEST(a_change_touches_its_lines_only)
{
    struct arena arena = {0};
    struct git_edits edits = edits_between(&arena, "1\n2\n3\n4\n5\n6\n", "1\n2\nx\ny\n5\n6\n");

    assert_int_equal(edits.count, 1);
    assert_true(git_edits_touch(&edits, 3, 3));
    assert_true(git_edits_touch(&edits, 4, 9));
    assert_false(git_edits_touch(&edits, 1, 2));
    assert_false(git_edits_touch(&edits, 5, 6));
    arena_free(&arena);
}

TEST(no_repository_and_no_such_file_are_told_apart)
{
    struct arena arena = {0};

    put_file("b.md", "new\n");
    assert_int_equal(git_edits_read(&arena, "b.md").state, GIT_EDITS_NO_GIT);
    edits_between(&arena, "1\n", "1\n");
    assert_int_equal(git_edits_read(&arena, "a.md").state, GIT_EDITS_KNOWN);
    assert_int_equal(git_edits_read(&arena, "a.md").count, 0);
    assert_int_equal(git_edits_read(&arena, "b.md").state, GIT_EDITS_UNTRACKED);
    arena_free(&arena);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
