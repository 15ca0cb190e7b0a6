#include "folder.h"

#include "heddle/base/hash.h"
#include "heddle/disk/fileset.h"

/* One run of a set in folder "out", named files with their texts. */
struct run {
    struct fileset_options options;
    struct diags diags;
    struct fileset_counts counts;
    bool opened, good;
};

struct wanted {
    const char *path, *text;
    mode_t mode;
};

static void go(struct run *run, const struct wanted files[], size_t count)
{
    const struct fileset_options options = run->options;
    struct fileset *set;

    *run = (struct run){.options = options};
    set = fileset_open("out", options, &run->diags);
    run->opened = set != NULL;
    if (set == NULL)
        return;
    for (size_t i = 0; i < count; i++)
        fileset_add(set, span_of(files[i].path), span_of(files[i].text),
                    files[i].mode != 0 ? files[i].mode : 0644, (struct place){0});
    run->good = fileset_commit(set, &run->counts);
    diag_free(&run->diags);
}

static const struct fileset_options whole = {.whole = true};

static void files_and_folders_are_made(void **state)
{
    const struct wanted files[] = {{"a.c", "a", 0}, {"d/e/b.c", "b", 0}, {"run", "#!", 0755}};
    struct run run = {.options = whole};
    mode_t mask = umask(077);

    (void)state;
    go(&run, files, 3);
    umask(mask);
    assert_true(run.good);
    assert_int_equal(run.counts.written, 3);
    check_file("out/a.c", "a");
    check_file("out/d/e/b.c", "b");
    assert_int_equal(mode_of("out/a.c"), 0644);
    assert_int_equal(mode_of("out/run"), 0755);
    assert_int_equal(count_below("."), 4);
}

static void unchanged_files_keep_their_time(void **state)
{
    const struct wanted before[] = {{"a", "a", 0}, {"b", "b", 0}};
    const struct wanted after[] = {{"a", "a", 0}, {"b", "new", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, before, 2);
    make_old("out/a");
    make_old("out/b");
    make_old("out/.tangled");
    go(&run, before, 2);
    assert_int_equal(run.counts.unchanged, 2);
    assert_true(is_old("out/a") && is_old("out/b") && is_old("out/.tangled"));
    go(&run, after, 2);
    assert_int_equal(run.counts.written, 1);
    assert_true(is_old("out/a"));
    assert_false(is_old("out/b"));
}

static void mode_alone_is_a_change(void **state)
{
    const struct wanted before[] = {{"a", "a", 0644}}, after[] = {{"a", "a", 0755}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, before, 1);
    go(&run, after, 1);
    assert_true(run.good);
    assert_int_equal(mode_of("out/a"), 0755);
}

/* The last file cannot be written, so none is. */
static void one_fault_and_nothing_is_written(void **state)
{
    const struct wanted files[] = {{"a", "a", 0}, {"new/b", "b", 0}, {"c", "c", 0}};
    struct run run = {.options = whole};

    (void)state;
    assert_int_equal(mkdir("out", 0777), 0);
    put_file("out/a", "a");
    put_file("out/c", "theirs");
    make_old("out/a");
    go(&run, files, 3);
    assert_false(run.good);
    assert_true(is_old("out/a"));
    check_file("out/c", "theirs");
    assert_int_equal(count_below("."), 2);
    assert_int_not_equal(access("out/new", F_OK), 0);
}

static void hand_edit_is_refused_and_can_be_forced(void **state)
{
    const struct wanted before[] = {{"a", "a", 0}}, after[] = {{"a", "new", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, before, 1);
    put_file("out/a", "mine");
    go(&run, after, 1);
    assert_false(run.good);
    check_file("out/a", "mine");
    go(&run, before, 1);
    assert_false(run.good);
    run.options.force = true;
    go(&run, after, 1);
    assert_true(run.good);
    check_file("out/a", "new");
}

static void edit_that_the_chapter_caught_up_with_is_fine(void **state)
{
    const struct wanted before[] = {{"a", "a", 0}}, after[] = {{"a", "mine", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, before, 1);
    put_file("out/a", "mine");
    go(&run, after, 1);
    assert_true(run.good);
    go(&run, before, 1);
    assert_true(run.good);
    check_file("out/a", "a");
}

static void stale_files_go_and_so_do_their_folders(void **state)
{
    const struct wanted before[] = {{"a", "a", 0}, {"d/e/b", "b", 0}, {"d/c", "c", 0}};
    const struct wanted after[] = {{"a", "a", 0}, {"d/c", "c", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, before, 3);
    go(&run, after, 2);
    assert_true(run.good);
    assert_int_equal(run.counts.removed, 1);
    assert_int_not_equal(access("out/d/e", F_OK), 0);
    check_file("out/d/c", "c");
}

static void edited_stale_file_stays(void **state)
{
    const struct wanted before[] = {{"a", "a", 0}, {"b", "b", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, before, 2);
    put_file("out/b", "mine");
    go(&run, before, 1);
    check_file("out/b", "mine");
    go(&run, before, 2); /* wanted again: it is nobody's but theirs now */
    assert_false(run.good);
    check_file("out/b", "mine");
}

static void set_that_is_not_whole_removes_nothing(void **state)
{
    const struct wanted files[] = {{"a", "a", 0}, {"b", "b", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, files, 2);
    run.options.whole = false;
    go(&run, files, 1);
    assert_true(run.good);
    check_file("out/b", "b");
    run.options.whole = true; /* and b is still known as ours */
    go(&run, files, 1);
    assert_int_equal(run.counts.removed, 1);
    check_file("out/b", NULL);
}

static void deleted_file_comes_back(void **state)
{
    const struct wanted files[] = {{"d/a", "a", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, files, 1);
    assert_int_equal(unlink("out/d/a"), 0);
    assert_int_equal(rmdir("out/d"), 0);
    go(&run, files, 1);
    assert_true(run.good);
    check_file("out/d/a", "a");
}

static void check_writes_nothing_and_names_each_file(void **state)
{
    const struct wanted before[] = {{"a", "a", 0}, {"b", "b", 0}};
    const struct wanted after[] = {{"a", "new", 0}, {"n/c", "c", 0}};
    struct run run = {.options = whole};
    struct fileset_options check = {.check = true, .whole = true};
    struct fileset *set;
    struct diags diags = {0};

    (void)state;
    go(&run, before, 2);
    run.options = check;
    go(&run, before, 2);
    assert_true(run.good);
    set = fileset_open("out", check, &diags);
    for (size_t i = 0; i < 2; i++)
        fileset_add(set, span_of(after[i].path), span_of(after[i].text), 0644, (struct place){0});
    assert_false(fileset_commit(set, &run.counts));
    assert_int_equal(diags.errors, 3); /* a changed, n/c missing, b stale */
    assert_int_equal(diag_exit_status(&diags), 1);
    diag_free(&diags);
    check_file("out/a", "a");
    assert_int_not_equal(access("out/n", F_OK), 0);
    assert_int_equal(count_below("out"), 3);
}

static void check_needs_no_folder(void **state)
{
    const struct wanted files[] = {{"a", "a", 0}};
    struct run run = {.options = {.check = true, .whole = true}};

    (void)state;
    go(&run, files, 0);
    assert_true(run.good);
    go(&run, files, 1);
    assert_false(run.good);
    assert_int_not_equal(access("out", F_OK), 0);
}

static void links_below_the_folder_are_not_followed(void **state)
{
    static const char *const targets[] = {"../elsewhere", "../nowhere", ".", "/"};
    const struct wanted files[] = {{"link/a", "a", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct run run = {.options = {.whole = true, .force = true}};

        mkdir("out", 0777);
        mkdir("elsewhere", 0777);
        assert_int_equal(symlink(targets[i], "out/link"), 0);
        go(&run, files, 1);
        assert_false(run.good);
        assert_int_equal(count_below("elsewhere"), 0);
        assert_int_not_equal(access("nowhere", F_OK), 0);
        assert_int_equal(unlink("out/link"), 0);
    }
}

static void link_in_a_files_place_is_neither_followed_nor_replaced(void **state)
{
    static const char *const targets[] = {"../precious", "../nowhere"};
    const struct wanted files[] = {{"a", "a", 0}};

    (void)state;
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        struct run run = {.options = {.whole = true, .force = true}};
        struct stat status;

        mkdir("out", 0777);
        put_file("precious", "precious");
        assert_int_equal(symlink(targets[i], "out/a"), 0);
        go(&run, files, 1);
        assert_false(run.good);
        check_file("precious", "precious");
        assert_int_not_equal(access("nowhere", F_OK), 0);
        assert_int_equal(lstat("out/a", &status), 0);
        assert_true(S_ISLNK(status.st_mode));
        assert_int_equal(unlink("out/a"), 0);
    }
}

static void folder_itself_may_be_a_link(void **state)
{
    const struct wanted files[] = {{"a", "a", 0}};
    struct run run = {.options = whole};

    (void)state;
    assert_int_equal(mkdir("real", 0777), 0);
    assert_int_equal(symlink("real", "out"), 0);
    go(&run, files, 1);
    assert_true(run.good);
    check_file("real/a", "a");
}

static void manifest_removes_nothing_outside(void **state)
{
    const struct wanted files[] = {{"a", "a", 0}};
    struct run run = {.options = {.whole = true, .force = true}};
    char digits[HASH_DIGITS + 1];
    struct buf list = {0};

    (void)state;
    assert_int_equal(mkdir("out", 0777), 0);
    assert_int_equal(mkdir("elsewhere", 0777), 0);
    assert_int_equal(symlink("../elsewhere", "out/link"), 0);
    put_file("precious", "precious");
    put_file("elsewhere/precious", "precious");
    hash_text(span_of("precious"), digits);
    buf_addf(&list, "%s  ../precious\n%s  link/precious\nrubbish\n\n%s  \n%s  ./../precious\n",
             digits, digits, digits, digits);
    put_file("out/.tangled", buf_string(&list));
    buf_free(&list);
    go(&run, files, 1);
    assert_true(run.good);
    check_file("precious", "precious");
    check_file("elsewhere/precious", "precious");
}

static void manifest_lists_each_file_sorted(void **state)
{
    const struct wanted files[] = {{"b", "a", 0}, {"a/c", "", 0}};
    struct run run = {.options = whole};

    (void)state;
    go(&run, files, 2);
    check_file("out/.tangled", "99aa06d3014798d86001c324468d497f  a/c\n"
                               "a96faf705af16834e6c632b61e964e1f  b\n");
}

static void cancelled_set_leaves_nothing(void **state)
{
    struct diags diags = {0};
    struct fileset *set;

    (void)state;
    assert_int_equal(mkdir("out", 0777), 0);
    set = fileset_open("out", whole, &diags);
    fileset_add(set, span_of("d/e/a"), span_of("a"), 0644, (struct place){0});
    fileset_add(set, span_of("b"), span_of("b"), 0644, (struct place){0});
    fileset_cancel(set);
    assert_int_equal(count_below("out"), 0);
    assert_int_not_equal(access("out/d", F_OK), 0);
    diag_free(&diags);
}

static void folder_that_is_a_file_cannot_be_used(void **state)
{
    struct diags diags = {0};

    (void)state;
    put_file("out", "file");
    assert_null(fileset_open("out", whole, &diags));
    assert_int_equal(diag_exit_status(&diags), 2);
    diag_free(&diags);
}

static void errors_of_before_do_not_stop_a_set(void **state)
{
    struct diags diags = {0};
    struct fileset_counts counts;
    struct fileset *set;

    (void)state;
    diag_add(&diags, DIAG_ERROR, (struct place){0}, 0, "an older one");
    set = fileset_open("out", whole, &diags);
    fileset_add(set, span_of("a"), span_of("a"), 0644, (struct place){0});
    assert_true(fileset_commit(set, &counts));
    check_file("out/a", "a");
    diag_free(&diags);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        folder_test(files_and_folders_are_made),
        folder_test(unchanged_files_keep_their_time),
        folder_test(mode_alone_is_a_change),
        folder_test(one_fault_and_nothing_is_written),
        folder_test(hand_edit_is_refused_and_can_be_forced),
        folder_test(edit_that_the_chapter_caught_up_with_is_fine),
        folder_test(stale_files_go_and_so_do_their_folders),
        folder_test(edited_stale_file_stays),
        folder_test(set_that_is_not_whole_removes_nothing),
        folder_test(deleted_file_comes_back),
        folder_test(check_writes_nothing_and_names_each_file),
        folder_test(check_needs_no_folder),
        folder_test(links_below_the_folder_are_not_followed),
        folder_test(link_in_a_files_place_is_neither_followed_nor_replaced),
        folder_test(folder_itself_may_be_a_link),
        folder_test(manifest_removes_nothing_outside),
        folder_test(manifest_lists_each_file_sorted),
        folder_test(cancelled_set_leaves_nothing),
        folder_test(folder_that_is_a_file_cannot_be_used),
        folder_test(errors_of_before_do_not_stop_a_set),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
