#include "folder.h"

#include "heddle/base/hash.h"
#include "heddle/disk/fileset.h"

FIXTURE(folder_enter, folder_leave);

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

TEST(files_and_folders_are_made)
{
    const struct wanted files[] = {{"a.c", "a", 0}, {"d/e/b.c", "b", 0}, {"run", "#!", 0755}};
    struct run run = {.options = whole};
    mode_t mask = umask(077);

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

TEST(unchanged_files_keep_their_time)
{
    const struct wanted before[] = {{"a", "a", 0}, {"b", "b", 0}};
    const struct wanted after[] = {{"a", "a", 0}, {"b", "new", 0}};
    struct run run = {.options = whole};

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

TEST(mode_alone_is_a_change)
{
    const struct wanted before[] = {{"a", "a", 0644}}, after[] = {{"a", "a", 0755}};
    struct run run = {.options = whole};

    go(&run, before, 1);
    go(&run, after, 1);
    assert_true(run.good);
    assert_int_equal(mode_of("out/a"), 0755);
}

/* The last file cannot be written, so none is. */
TEST(one_fault_and_nothing_is_written)
{
    const struct wanted files[] = {{"a", "a", 0}, {"new/b", "b", 0}, {"c", "c", 0}};
    struct run run = {.options = whole};

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

TEST(hand_edit_is_refused_and_can_be_forced)
{
    const struct wanted before[] = {{"a", "a", 0}}, after[] = {{"a", "new", 0}};
    struct run run = {.options = whole};

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

TEST(edit_that_the_chapter_caught_up_with_is_fine)
{
    const struct wanted before[] = {{"a", "a", 0}}, after[] = {{"a", "mine", 0}};
    struct run run = {.options = whole};

    go(&run, before, 1);
    put_file("out/a", "mine");
    go(&run, after, 1);
    assert_true(run.good);
    go(&run, before, 1);
    assert_true(run.good);
    check_file("out/a", "a");
}

TEST(stale_files_go_and_so_do_their_folders)
{
    const struct wanted before[] = {{"a", "a", 0}, {"d/e/b", "b", 0}, {"d/c", "c", 0}};
    const struct wanted after[] = {{"a", "a", 0}, {"d/c", "c", 0}};
    struct run run = {.options = whole};

    go(&run, before, 3);
    go(&run, after, 2);
    assert_true(run.good);
    assert_int_equal(run.counts.removed, 1);
    assert_int_not_equal(access("out/d/e", F_OK), 0);
    check_file("out/d/c", "c");
}

TEST(edited_stale_file_stays)
{
    const struct wanted before[] = {{"a", "a", 0}, {"b", "b", 0}};
    struct run run = {.options = whole};

    go(&run, before, 2);
    put_file("out/b", "mine");
    go(&run, before, 1);
    check_file("out/b", "mine");
    go(&run, before, 2); /* wanted again: it is nobody's but theirs now */
    assert_false(run.good);
    check_file("out/b", "mine");
}

TEST(set_that_is_not_whole_removes_nothing)
{
    const struct wanted files[] = {{"a", "a", 0}, {"b", "b", 0}};
    struct run run = {.options = whole};

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

TEST(deleted_file_comes_back)
{
    const struct wanted files[] = {{"d/a", "a", 0}};
    struct run run = {.options = whole};

    go(&run, files, 1);
    assert_int_equal(unlink("out/d/a"), 0);
    assert_int_equal(rmdir("out/d"), 0);
    go(&run, files, 1);
    assert_true(run.good);
    check_file("out/d/a", "a");
}

TEST(check_writes_nothing_and_names_each_file)
{
    const struct wanted before[] = {{"a", "a", 0}, {"b", "b", 0}};
    const struct wanted after[] = {{"a", "new", 0}, {"n/c", "c", 0}};
    struct run run = {.options = whole};
    struct fileset_options check = {.check = true, .whole = true};
    struct fileset *set;
    struct diags diags = {0};

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

TEST(check_needs_no_folder)
{
    const struct wanted files[] = {{"a", "a", 0}};
    struct run run = {.options = {.check = true, .whole = true}};

    go(&run, files, 0);
    assert_true(run.good);
    go(&run, files, 1);
    assert_false(run.good);
    assert_int_not_equal(access("out", F_OK), 0);
}

TEST(links_below_the_folder_are_not_followed)
{
    static const char *const targets[] = {"../elsewhere", "../nowhere", ".", "/"};
    const struct wanted files[] = {{"link/a", "a", 0}};

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

TEST(link_in_a_files_place_is_neither_followed_nor_replaced)
{
    static const char *const targets[] = {"../precious", "../nowhere"};
    const struct wanted files[] = {{"a", "a", 0}};

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

TEST(folder_itself_may_be_a_link)
{
    const struct wanted files[] = {{"a", "a", 0}};
    struct run run = {.options = whole};

    assert_int_equal(mkdir("real", 0777), 0);
    assert_int_equal(symlink("real", "out"), 0);
    go(&run, files, 1);
    assert_true(run.good);
    check_file("real/a", "a");
}

TEST(manifest_removes_nothing_outside)
{
    const struct wanted files[] = {{"a", "a", 0}};
    struct run run = {.options = {.whole = true, .force = true}};
    char digits[HASH_DIGITS + 1];
    struct buf list = {0};

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

TEST(manifest_lists_each_file_sorted)
{
    const struct wanted files[] = {{"b", "a", 0}, {"a/c", "", 0}};
    struct run run = {.options = whole};

    go(&run, files, 2);
    check_file("out/.tangled", "99aa06d3014798d86001c324468d497f  a/c\n"
                               "a96faf705af16834e6c632b61e964e1f  b\n");
}

TEST(cancelled_set_leaves_nothing)
{
    struct diags diags = {0};
    struct fileset *set;

    assert_int_equal(mkdir("out", 0777), 0);
    set = fileset_open("out", whole, &diags);
    fileset_add(set, span_of("d/e/a"), span_of("a"), 0644, (struct place){0});
    fileset_add(set, span_of("b"), span_of("b"), 0644, (struct place){0});
    fileset_cancel(set);
    assert_int_equal(count_below("out"), 0);
    assert_int_not_equal(access("out/d", F_OK), 0);
    diag_free(&diags);
}

TEST(folder_that_is_a_file_cannot_be_used)
{
    struct diags diags = {0};

    put_file("out", "file");
    assert_null(fileset_open("out", whole, &diags));
    assert_int_equal(diag_exit_status(&diags), 2);
    diag_free(&diags);
}

TEST(errors_of_before_do_not_stop_a_set)
{
    struct diags diags = {0};
    struct fileset_counts counts;
    struct fileset *set;

    diag_add(&diags, DIAG_ERROR, (struct place){0}, 0, "an older one");
    set = fileset_open("out", whole, &diags);
    fileset_add(set, span_of("a"), span_of("a"), 0644, (struct place){0});
    assert_true(fileset_commit(set, &counts));
    check_file("out/a", "a");
    diag_free(&diags);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
