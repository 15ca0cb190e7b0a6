#include "folder.h"

#include "heddle/disk/file.h"

FIXTURE(folder_enter, folder_leave);

TEST(file_is_read_whole_with_a_nul_behind)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span text;

    put_file("a", "one\ntwo");
    assert_true(file_read(&arena, "a", &text, &diags));
    assert_span(text, "one\ntwo");
    assert_int_equal(text.ptr[text.len], '\0');
    put_file("empty", "");
    assert_true(file_read(&arena, "empty", &text, &diags));
    assert_int_equal(text.len, 0);
    arena_free(&arena);
    diag_free(&diags);
}

TEST(unreadable_file_is_a_system_error)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span text;

    assert_false(file_read(&arena, "nowhere", &text, &diags));
    assert_int_equal(diag_exit_status(&diags), 2);
    assert_non_null(strstr(diags.list[0].message, "nowhere"));
    assert_false(file_read(&arena, ".", &text, &diags));
    assert_int_equal(diags.errors, 2);
    arena_free(&arena);
    diag_free(&diags);
}

TEST(replaced_file_is_new_and_its_folder_made)
{
    struct diags diags = {0};

    assert_true(file_replace("a/b/c", span_of("one"), &diags));
    check_file("a/b/c", "one");
    assert_int_equal(mode_of("a/b/c"), 0644);
    assert_true(file_replace("a/b/c", span_of("two"), &diags));
    check_file("a/b/c", "two");
    assert_int_equal(count_below("."), 1);
    diag_free(&diags);
}

TEST(unchanged_file_keeps_its_time)
{
    struct diags diags = {0};

    put_file("a", "same");
    make_old("a");
    assert_true(file_replace("a", span_of("same"), &diags));
    assert_true(is_old("a"));
    assert_true(file_replace("a", span_of("other"), &diags));
    assert_false(is_old("a"));
    diag_free(&diags);
}

TEST(replaced_file_keeps_its_mode)
{
    struct diags diags = {0};

    put_file("a", "old");
    assert_int_equal(chmod("a", 0755), 0);
    assert_true(file_replace("a", span_of("new"), &diags));
    assert_int_equal(mode_of("a"), 0755);
    diag_free(&diags);
}

TEST(failed_replacement_leaves_nothing)
{
    struct diags diags = {0};

    assert_int_equal(mkdir("a", 0777), 0);
    put_file("a/inside", "x");
    assert_false(file_replace("a", span_of("new"), &diags));
    assert_int_equal(diag_exit_status(&diags), 2);
    assert_int_equal(count_below("."), 1);
    put_file("file", "x");
    assert_false(file_replace("file/below", span_of("new"), &diags));
    assert_int_equal(count_below("."), 2);
    diag_free(&diags);
}

TEST(making_folders_is_idempotent)
{
    struct diags diags = {0};

    assert_true(file_make_dirs("a/b/c", &diags));
    assert_true(file_make_dirs("a/b/c/", &diags));
    assert_true(file_make_dirs("a//b/./c", &diags));
    put_file("f", "");
    assert_false(file_make_dirs("f/a", &diags));
    diag_free(&diags);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
