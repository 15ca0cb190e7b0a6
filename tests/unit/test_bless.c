/*
 * Writing real outputs into chapters: what is written, what is refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heddle/doctest/bless.h"
#include "heddle/tangle/outputs.h"
#include "heddle/web/load.h"
#include "heddle/disk/file.h"
#include "lib/process.h"
#include "folder.h"

/* The first program prints its arguments, a line each; `bad` ends with 1. */
static const char programs[] =
    "```c {file=p.c .program}\n#include <stdio.h>\n"
    "int main(int argc, char **argv)\n{\n"
    "    for (int i = 1; i < argc; i++)\n        puts(argv[i]);\n    return 0;\n}\n```\n\n"
    "```c {file=raw.c .program}\n#include <stdio.h>\n"
    "int main(int argc, char **argv)\n{\n"
    "    for (int i = 1; i < argc; i++)\n        fputs(argv[i], stdout);\n"
    "    return argc == 1;\n}\n```\n\n";

static void run_quietly(const char *const argv[])
{
    struct process_result result;
    int err =
        process_run(argv, &(const struct process_options){.capture_output = true, .check = true},
                    &result);

    if (err != 0)
        fail_msg("%s: %s", argv[0], result.err);
    process_result_destroy(&result);
}

/* The programs live in a chapter of their own, so that `chapters/b.md` is all
 * a test's. Both are built once. */
static int enter_folder(void **state)
{
    struct web web = {0};
    struct diags diags = {0};
    struct fileset_counts counts;
    const struct outputs outputs = {.annotated = "build/annotated", .whole = true};

    assert_int_equal(folder_enter(state), 0);
    put_file("chapters/a.md", programs);
    assert_true(web_load(&web, NULL, 0, &diags));
    assert_true(outputs_write(&web, &outputs, &counts, &diags));
    assert_true(file_make_dirs("build/bin", &diags));
    run_quietly(PROCESS_ARGV("cc", "-w", "-o", "build/bin/p", "build/annotated/p.c"));
    run_quietly(PROCESS_ARGV("cc", "-w", "-o", "build/bin/raw", "build/annotated/raw.c"));
    run_quietly(PROCESS_ARGV("git", "init", "-q"));
    run_quietly(PROCESS_ARGV("git", "config", "user.name", "t"));
    run_quietly(PROCESS_ARGV("git", "config", "user.email", "t@example.org"));
    run_quietly(PROCESS_ARGV("git", "config", "core.autocrlf", "false"));
    web_free(&web);
    diag_free(&diags);
    return 0;
}

static void commit(const char *text)
{
    put_file("chapters/b.md", text);
    run_quietly(PROCESS_ARGV("git", "add", "chapters"));
    run_quietly(PROCESS_ARGV("git", "commit", "-q", "--allow-empty", "-m", "x"));
}

struct blessed {
    bool good;
    struct bless_counts counts;
    char *shown;
    struct buf errors;
};

static void bless(struct blessed *blessed, bool force)
{
    const struct doctest_options options = {0};
    struct web web = {0};
    struct diags diags = {0};
    struct doctest_list list;
    size_t size;
    FILE *out = open_memstream(&blessed->shown, &size);

    blessed->errors = (struct buf){0};
    assert_true(web_load(&web, NULL, 0, &diags));
    assert_true(doctest_collect(&list, &web, &diags));
    blessed->good = bless_run(&list, &options, force, out, &blessed->counts, &diags);
    fclose(out);
    for (size_t i = 0; i < diags.count; i++)
        if (diags.list[i].level == DIAG_ERROR)
            buf_addf(&blessed->errors, "%u: %s\n", diags.list[i].place.line, diags.list[i].message);
    buf_string(&blessed->errors);
    doctest_free(&list);
    web_free(&web);
    diag_free(&diags);
}

static void forget(struct blessed *blessed)
{
    free(blessed->shown);
    buf_free(&blessed->errors);
}

static void assert_becomes(const char *before, const char *after)
{
    struct blessed blessed;

    commit(before);
    bless(&blessed, false);
    assert_string_equal(blessed.errors.ptr, "");
    assert_true(blessed.good);
    check_file("chapters/b.md", after);
    forget(&blessed);
}

static void assert_refused(const char *text, const char *wanted)
{
    struct blessed blessed;

    commit(text);
    bless(&blessed, false);
    assert_string_equal(blessed.errors.ptr, wanted);
    assert_false(blessed.good);
    assert_int_equal(blessed.counts.chapters, 0);
    check_file("chapters/b.md", text);
    forget(&blessed);
}

TEST(real_output_replaces_the_old_one)
{
    struct blessed blessed;

    commit("# B\n\n```output {of=p args=\"a b\"}\na\nx\n```\n\nEnd");
    bless(&blessed, false);
    assert_true(blessed.good);
    assert_int_equal(blessed.counts.blocks, 1);
    check_file("chapters/b.md", "# B\n\n```output {of=p args=\"a b\"}\na\nb\n```\n\nEnd");
    assert_string_equal(blessed.shown, "chapters/b.md:3: the output of p is now what it prints\n"
                                       "@@ -4,2 +1,2 @@\n a\n-x\n+b\n");
    forget(&blessed);
}

TEST(several_blocks_change_at_once)
{
    assert_becomes("```output {of=p args=a}\n```\n\n```output {of=p args=b}\nb\n```\n\n"
                   "~~~~output {of=p args=\"c d\"}\nx\ny\nz\n~~~~\n",
                   "```output {of=p args=a}\na\n```\n\n```output {of=p args=b}\nb\n```\n\n"
                   "~~~~output {of=p args=\"c d\"}\nc\nd\n~~~~\n");
}

TEST(what_is_right_is_not_written)
{
    struct blessed blessed;

    commit("```output {of=p args=a}\na\n```\n");
    bless(&blessed, false);
    assert_true(blessed.good);
    assert_int_equal(blessed.counts.chapters, 0);
    assert_int_equal(blessed.counts.unchanged, 1);
    forget(&blessed);
}

TEST(marks_of_lists_and_quotes_stay)
{
    assert_becomes("> ```output {of=p args=\"a '' ' b'\"}\n> x\n> ```\n",
                   "> ```output {of=p args=\"a '' ' b'\"}\n> a\n>\n>  b\n> ```\n");
    assert_becomes("1. ```output {of=p args=\"a '' b\"}\n   ```\n2. x\n",
                   "1. ```output {of=p args=\"a '' b\"}\n   a\n\n   b\n   ```\n2. x\n");
    assert_becomes("- one\n\n  > - ```output {of=p args=a}\n  >   ```\n",
                   "- one\n\n  > - ```output {of=p args=a}\n  >   a\n  >   ```\n");
    assert_becomes("  ```output {of=p args=' a'}\n  ```\n",
                   "  ```output {of=p args=' a'}\n  a\n  ```\n");
    assert_becomes("-\t```output {of=p args=\"'  a'\"}\n\t```\n",
                   "-\t```output {of=p args=\"'  a'\"}\n \t  a\n\t```\n");
}

TEST(line_ends_stay)
{
    assert_becomes("# B\r\n\r\n```output {of=p args=\"a '' b\"}\r\nx\r\n```\r\nEnd\r\n",
                   "# B\r\n\r\n```output {of=p args=\"a '' b\"}\r\na\r\n\r\nb\r\n```\r\nEnd\r\n");
}

TEST(patterns_and_orders_are_refused)
{
    assert_refused("```output {of=p args=a}\n[..]b\n```\n",
                   "1: this output is not written: the block holds patterns; change it by hand\n");
    assert_refused("```output {of=p args=a order=any}\nb\n```\n",
                   "1: this output is not written: the block has an order; change it by hand\n");
}

TEST(run_that_went_wrong_is_refused)
{
    assert_refused("```output {of=raw}\nx\n```\n",
                   "1: this output is not written: its run went wrong\n");
}

TEST(text_that_no_chapter_can_hold_is_refused)
{
    assert_refused("```output {of=raw args=\"'a\\n'\" newline=no}\n```\n",
                   "1: this output is not written: it ends in a newline now; remove newline=no\n");
    assert_refused("~~~output {of=raw args=\"'a\\n~~~\\n'\"}\n~~~\n",
                   "1: this output is not written: one of its lines would close the fence; "
                   "make the fence longer\n");
}

TEST(one_refusal_keeps_no_other_block_from_being_written)
{
    struct blessed blessed;

    commit("```output {of=p args=a}\nx\n```\n\n```output {of=raw}\nx\n```\n");
    bless(&blessed, false);
    assert_string_equal(blessed.errors.ptr, "5: this output is not written: its run went wrong\n");
    assert_false(blessed.good);
    assert_int_equal(blessed.counts.blocks, 1);
    assert_int_equal(blessed.counts.refused, 1);
    check_file("chapters/b.md", "```output {of=p args=a}\na\n```\n\n```output {of=raw}\nx\n```\n");
    forget(&blessed);
}

TEST(an_output_without_a_last_newline_says_so)
{
    assert_becomes("> ```output {of=raw args=a}\n> x\n> ```\n",
                   "> ```output {of=raw args=a newline=no}\n> a\n> ```\n");
    assert_becomes("```output {of=raw args=a newline=no}\nx\n```\n",
                   "```output {of=raw args=a newline=no}\na\n```\n");
}

TEST(a_session_is_written_as_it_goes)
{
    assert_becomes(
        "> ```console {of=p}\n> $ ./p a\n> x\n> $ ./p b c\n> $ echo $?\n> 0\n> ```\n",
        "> ```console {of=p}\n> $ ./p a\n> a\n> $ ./p b c\n> b\n> c\n> $ echo $?\n> 0\n> ```\n");
}

TEST(a_reason_is_written_behind_what_must_not_compile)
{
    struct blessed blessed;
    struct arena arena = {0};
    struct diags diags = {0};
    struct span text;

    commit("```c {.compile-fail}\nint x = y;\n```\n\n```output\nerror: oh\n```\n");
    bless(&blessed, false);
    assert_true(blessed.good);
    assert_true(file_read(&arena, "chapters/b.md", &text, &diags));
    assert_non_null(strstr(text.ptr, "\n```output\nerror: 'y' undeclared"));
    assert_non_null(strstr(blessed.shown, "chapters/b.md:5: why this does not compile is now as "
                                          "the compiler says it\n"));
    arena_free(&arena);
    forget(&blessed);
}

TEST(longer_fence_takes_a_shorter_one)
{
    assert_becomes("~~~~output {of=p args=\"'~~~' '    ~~~~'\"}\n~~~~\n",
                   "~~~~output {of=p args=\"'~~~' '    ~~~~'\"}\n~~~\n    ~~~~\n~~~~\n");
}

TEST(uncommitted_edits_of_the_output_are_kept)
{
    static const char edited[] = "Edit.\n\n```output {of=p args=a}\nz\n```\n";
    struct blessed blessed;

    commit("Old.\n\n```output {of=p args=a}\nx\n```\n");
    put_file("chapters/b.md", edited);
    bless(&blessed, false);
    assert_string_equal(blessed.errors.ptr,
                        "3: this output is not written: its lines have edits that are not "
                        "committed (--force overwrites them)\n");
    check_file("chapters/b.md", edited);
    forget(&blessed);
    bless(&blessed, true);
    assert_true(blessed.good);
    check_file("chapters/b.md", "Edit.\n\n```output {of=p args=a}\na\n```\n");
    forget(&blessed);
}

TEST(deleted_line_is_an_edit_too)
{
    struct blessed blessed;

    commit("```output {of=p args=a}\nx\ny\nz\n```\n");
    put_file("chapters/b.md", "```output {of=p args=a}\nx\nz\n```\n");
    bless(&blessed, false);
    assert_int_equal(blessed.counts.blocks, 0);
    assert_string_not_equal(blessed.errors.ptr, "");
    forget(&blessed);
}

TEST(uncommitted_edits_elsewhere_do_not_matter)
{
    struct blessed blessed;

    commit("Old.\n\n```output {of=p args=a}\nx\n```\n");
    put_file("chapters/b.md", "New.\nNew.\n\n```output {of=p args=b}\nx\n```\n\nNew.\n");
    bless(&blessed, false);
    assert_string_equal(blessed.errors.ptr, "");
    check_file("chapters/b.md", "New.\nNew.\n\n```output {of=p args=b}\nb\n```\n\nNew.\n");
    forget(&blessed);
}

TEST(new_empty_block_is_filled)
{
    struct blessed blessed;

    commit("Old.\n");
    put_file("chapters/b.md", "Old.\n\n```output {of=p args=a}\n```\n");
    bless(&blessed, false);
    assert_true(blessed.good);
    check_file("chapters/b.md", "Old.\n\n```output {of=p args=a}\na\n```\n");
    forget(&blessed);
}

TEST(what_git_does_not_keep_is_kept_beside_the_chapter)
{
    static const char old[] = "```output {of=p args=a}\n```\n";
    struct blessed blessed;

    commit("Old.\n");
    put_file("chapters/c.md", old);
    bless(&blessed, false);
    assert_string_equal(blessed.errors.ptr, "");
    check_file("chapters/c.md", "```output {of=p args=a}\na\n```\n");
    check_file("chapters/c.md~", old);
    assert_true(span_starts(span_of(blessed.shown),
                            "chapters/c.md~ holds this chapter as it was, for git does not\n"));
    forget(&blessed);
    assert_int_equal(unlink("chapters/c.md"), 0);
    assert_int_equal(unlink("chapters/c.md~"), 0);
}

int main(void)
{
    return tests_run(enter_folder, folder_leave);
}
