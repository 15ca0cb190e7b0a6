#include "folder.h"

#include "heddle/disk/file.h"

static void file_is_read_whole_with_a_nul_behind(void **state)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span text;

    (void)state;
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

static void unreadable_file_is_a_system_error(void **state)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span text;

    (void)state;
    assert_false(file_read(&arena, "nowhere", &text, &diags));
    assert_int_equal(diag_exit_status(&diags), 2);
    assert_non_null(strstr(diags.list[0].message, "nowhere"));
    assert_false(file_read(&arena, ".", &text, &diags));
    assert_int_equal(diags.errors, 2);
    arena_free(&arena);
    diag_free(&diags);
}

static void replaced_file_is_new_and_its_folder_made(void **state)
{
    struct diags diags = {0};

    (void)state;
    assert_true(file_replace("a/b/c", span_of("one"), &diags));
    check_file("a/b/c", "one");
    assert_int_equal(mode_of("a/b/c"), 0644);
    assert_true(file_replace("a/b/c", span_of("two"), &diags));
    check_file("a/b/c", "two");
    assert_int_equal(count_below("."), 1);
    diag_free(&diags);
}

static void unchanged_file_keeps_its_time(void **state)
{
    struct diags diags = {0};

    (void)state;
    put_file("a", "same");
    make_old("a");
    assert_true(file_replace("a", span_of("same"), &diags));
    assert_true(is_old("a"));
    assert_true(file_replace("a", span_of("other"), &diags));
    assert_false(is_old("a"));
    diag_free(&diags);
}

static void replaced_file_keeps_its_mode(void **state)
{
    struct diags diags = {0};

    (void)state;
    put_file("a", "old");
    assert_int_equal(chmod("a", 0755), 0);
    assert_true(file_replace("a", span_of("new"), &diags));
    assert_int_equal(mode_of("a"), 0755);
    diag_free(&diags);
}

static void failed_replacement_leaves_nothing(void **state)
{
    struct diags diags = {0};

    (void)state;
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

static void making_folders_is_idempotent(void **state)
{
    struct diags diags = {0};

    (void)state;
    assert_true(file_make_dirs("a/b/c", &diags));
    assert_true(file_make_dirs("a/b/c/", &diags));
    assert_true(file_make_dirs("a//b/./c", &diags));
    put_file("f", "");
    assert_false(file_make_dirs("f/a", &diags));
    diag_free(&diags);
}

static void hash_is_that_of_xxh128sum(void **state)
{
    char digits[FILE_HASH_DIGITS + 1];

    (void)state;
    file_hash(span_of(""), digits);
    assert_string_equal(digits, "99aa06d3014798d86001c324468d497f");
    file_hash(span_of("a"), digits);
    assert_string_equal(digits, "a96faf705af16834e6c632b61e964e1f");
}

static void paths_that_leave_a_folder_have_a_fault(void **state)
{
    static const char *const bad[] = {"",      "/",      "/a",           "..",       "../a",
                                      "a/..",  "a/../b", "a/b/../../..", ".",        "./",
                                      "a/.",   "a//b",   "a/",           ".tangled", "a\nb",
                                      "a\x7f", "a\\b",   "\x01"};
    static const char *const good[] = {"a",          "a/b",   "a/b.c", ".a",  "a..b",
                                       "...",        "a/...", "..a",   "a b", "\xe4\xbd\x87",
                                       "a/.tangled", "-n",    "~"};

    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (file_path_fault(span_of(bad[i])) == NULL)
            fail_msg("\"%s\" passes", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        if (file_path_fault(span_of(good[i])) != NULL)
            fail_msg("\"%s\" %s", good[i], file_path_fault(span_of(good[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(file_is_read_whole_with_a_nul_behind),
        folder_test(unreadable_file_is_a_system_error),
        folder_test(replaced_file_is_new_and_its_folder_made),
        folder_test(unchanged_file_keeps_its_time),
        folder_test(replaced_file_keeps_its_mode),
        folder_test(failed_replacement_leaves_nothing),
        folder_test(making_folders_is_idempotent),
        cmocka_unit_test(hash_is_that_of_xxh128sum),
        cmocka_unit_test(paths_that_leave_a_folder_have_a_fault),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
