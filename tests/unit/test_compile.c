/*
 * Fragments and blocks that must not compile; and choosing tests, running them
 * side by side and reporting on them.
 */
#include "doctest_book.h"

/* Compiling ------------------------------------------------------------------- */

static void assert_blocks(const char *text, size_t passed, size_t failed)
{
    struct book book;

    open_book(&book, text);
    assert_true(book.good);
    run(&book);
    if (book.passed != passed || book.failed != failed)
        fputs(buf_string(&book.messages), stderr);
    assert_int_equal(book.passed, passed);
    assert_int_equal(book.failed, failed);
    close_book(&book);
}

static void assert_blocks_say(const char *text, const char *begin, const char *within)
{
    struct book book;

    open_book(&book, text);
    assert_true(book.good);
    run(&book);
    assert_int_equal(book.passed, 0);
    if (!span_starts(buf_span(&book.messages), begin) ||
        strstr(buf_string(&book.messages), within) == NULL)
        fail_msg("it says: %s", buf_string(&book.messages));
    close_book(&book);
}

TEST(fragment_compiles_as_it_is_or_in_a_function)
{
    assert_blocks("```c {.fragment}\n#include <stdio.h>\nstatic int f(void) { return 1; }\n```\n\n"
                  "```c {.fragment}\n#include <stdio.h>\nputs(\"a\");\nreturn 0;\n```\n\n"
                  "```c {.fragment cflags=-Werror=return-type}\nint i = 1;\nif (i)\n    return;\n"
                  "```\n",
                  3, 0);
}

TEST(fragment_that_does_not_compile_names_its_line)
{
    assert_blocks_say(
        "# A\n\n```c {.fragment}\n#include <stdio.h>\nint i = 1;\nputs(j);\n```\n",
        "chapters/one.md:3:4: error: this block does not compile, as it is or inside of a "
        "function\n",
        "chapters/one.md:6:6: error: ");
    assert_blocks_say("# A\n\n```c {.fragment}\nputs(1);\n#include \"missing.h\"\n```\n",
                      "chapters/one.md:3:4: error: ", "chapters/one.md:5:10: ");
}

TEST(call_of_the_unknown_is_no_fragment)
{
    assert_blocks("```c {.fragment}\nnobody_knows_me();\n```\n", 0, 1);
}

TEST(refused_block_passes_for_the_reason_shown)
{
    setenv("LC_ALL", "C.UTF-8", 1); /* where gcc's quotes are no ASCII */
    assert_blocks("```c {.compile-fail}\nconst int c = 1;\nvoid f(void) { c = 2; }\n```\n\n"
                  "```output\nerror: [..]assign[..]'c'[..]\n```\n",
                  1, 0);
    assert_blocks("```c {.compile-fail}\nconst int c = 1;\nvoid f(void) { c = 2; }\n```\n\n"
                  "```output\nchapters/one.md:3:[..]: error: [..]assign[..]\n```\n",
                  1, 0);
    unsetenv("LC_ALL");
}

TEST(a_part_of_the_message_is_a_reason)
{
    assert_blocks(
        "```c {.compile-fail}\nint x = y;\n```\n\n```output\nerror: 'y' undeclared\n```\n", 1, 0);
    assert_blocks("```c {.compile-fail}\nint x = y;\n```\n\n```output\n'[..]' undeclared\n```\n", 1,
                  0);
    /* the line that gcc quotes is no message */
    assert_blocks("```c {.compile-fail}\nint x = y;\n```\n\n```output\nint x\n```\n", 0, 1);
    /* an empty promise is none */
    assert_blocks("```c {.compile-fail}\nint x = y;\n```\n\n```output\n```\n", 0, 1);
}

TEST(a_reason_is_proposed_where_none_is_shown)
{
    assert_blocks_say(
        "```c {.compile-fail}\nint x = y;\n```\n",
        "chapters/one.md:1:4: error: this block does not compile, and no output block "
        "behind it says why; add one, with all of a message or a part of it:\n"
        "```output\nerror: 'y' undeclared",
        "");
}

TEST(refused_block_fails_for_another_reason)
{
    assert_blocks_say(
        "```c {.compile-fail}\nint x = ;\n```\n\n```output\nerror: [..]assign[..]\n```\n",
        "chapters/one.md:1:4: error: this block does not compile, but for another reason than "
        "the one shown\n-error: [..]assign[..]\n",
        "chapters/one.md:2:9: error: ");
    assert_blocks_say(
        "```c {.compile-fail}\nint x;\n```\n\n```output\nerror: [..]\n```\n",
        "chapters/one.md:1:4: error: this block compiles, but is marked .compile-fail\n", "");
}

TEST(reasons_come_in_their_order)
{
    assert_blocks("```c {.compile-fail}\nint x = a;\nint y = b;\n```\n\n"
                  "```output\nerror: [..]'a'[..]\nerror: [..]'b'[..]\n```\n",
                  1, 0);
    assert_blocks("```c {.compile-fail}\nint x = a;\nint y = b;\n```\n\n"
                  "```output\nerror: [..]'b'[..]\nerror: [..]'a'[..]\n```\n",
                  0, 1);
}

TEST(flags_of_a_block_reach_the_compiler)
{
    assert_blocks("```c {.compile-fail cflags=\"-Werror=unused-variable\"}\n"
                  "int f(void) { int x; return 0; }\n```\n\n```output\nerror: unused [..]\n```\n",
                  1, 0);
}

TEST(missing_compiler_is_no_reason)
{
    const struct doctest_options options = {.cc = "no-such-compiler"};
    struct book book;

    if (under_valgrind())
        skip();
    open_book(&book, "```c {.compile-fail}\nint x = ;\n```\n\n```output\n...\n```\n");
    doctest_run_each(&book.list, &options, note, &book);
    assert_true(span_starts(buf_span(&book.messages),
                            "chapters/one.md:1:4: error: this block cannot be compiled\n"
                            "cannot run no-such-compiler: "));
    close_book(&book);
}

/* Selecting and reporting ----------------------------------------------------- */

static void open_fragments(struct book *book, int count)
{
    struct buf text = {0};

    for (int i = 0; i < count; i++)
        buf_addf(&text, "```c {.fragment #f%d}\nint x%d%s\n```\n\n", i, i, i % 5 == 4 ? "" : ";");
    open_book(book, buf_string(&text));
    assert_true(book->good);
    buf_free(&text);
}

TEST(shards_share_the_tests_out)
{
    struct doctest_options options = {.shards = 3};
    struct book book;
    size_t sum = 0;

    open_fragments(&book, 10);
    for (options.shard = 1; options.shard <= 3; options.shard++)
        sum += doctest_run_each(&book.list, &options, note, &book);
    assert_int_equal(sum, 10);
    assert_non_null(
        strstr(buf_string(&book.names), "fragment f0\nchapters/one.md:13 fragment f3\n"));
    assert_int_equal(book.failed, 2);
    close_book(&book);
}

TEST(shard_is_read)
{
    unsigned shard = 0, shards = 0;

    assert_true(doctest_parse_shard("3/8", &shard, &shards));
    assert_int_equal(shard, 3);
    assert_int_equal(shards, 8);
    assert_false(doctest_parse_shard("0/8", &shard, &shards));
    assert_false(doctest_parse_shard("9/8", &shard, &shards));
    assert_false(doctest_parse_shard("3", &shard, &shards));
    assert_false(doctest_parse_shard("/8", &shard, &shards));
    assert_false(doctest_parse_shard("3/", &shard, &shards));
}

TEST(reports_come_in_chapter_order)
{
    const struct doctest_options options = {.jobs = 8};
    struct buf wanted = {0};
    struct book book;

    open_fragments(&book, 20);
    for (int i = 0; i < 20; i++)
        buf_addf(&wanted, "chapters/one.md:%d fragment f%d\n", 4 * i + 1, i);
    doctest_run_each(&book.list, &options, note, &book);
    assert_string_equal(buf_string(&book.names), buf_string(&wanted));
    assert_int_equal(book.passed, 16);
    buf_free(&wanted);
    close_book(&book);
}

static int run_all(const struct book *book, const struct doctest_options *options, char **text)
{
    size_t size;
    FILE *out = open_memstream(text, &size);
    int status;

    assert_non_null(out);
    status = doctest_run_all(&book->list, options, out);
    fclose(out);
    return status;
}

TEST(summary_counts)
{
    struct book book;
    char *text;

    open_fragments(&book, 5);
    assert_int_equal(run_all(&book, &defaults, &text), 1);
    assert_true(span_ends(span_of(text), "\n\n4 passed, 1 failed\n"));
    free(text);
    assert_int_equal(run_all(&book, &(struct doctest_options){.filter = "f3"}, &text), 0);
    assert_string_equal(text, "1 passed, 0 failed\n");
    free(text);
    assert_int_equal(run_all(&book, &(struct doctest_options){.filter = "f9"}, &text), 2);
    free(text);
    close_book(&book);
}

TEST(report_can_be_json)
{
    struct book book;
    char *text;

    open_fragments(&book, 2);
    assert_int_equal(run_all(&book, &(struct doctest_options){.json = true}, &text), 0);
    assert_true(
        span_starts(span_of(text),
                    "{\"tests\": [\n    {\"name\": \"chapters/one.md:1 fragment f0\", "
                    "\"chapter\": \"chapters/one.md\", \"line\": 1, \"kind\": \"fragment\", "
                    "\"passed\": true, \"seconds\": "));
    assert_true(span_ends(span_of(text), "\"message\": \"\"}\n  ], \"passed\": 2, "
                                         "\"failed\": 0, \"unchanged\": 0}\n"));
    free(text);
    close_book(&book);
}

/* Reports nothing, but dies of the interrupt: its parent looks at the rest. */
static void run_until_interrupted(const char *base)
{
    struct book book;

    setenv("TMPDIR", base, 1);
    open_program(&book, "puts(\"so far\"); fflush(stdout); creat(getenv(\"SIGN\"), 0600); pause();",
                 "```output {of=p timeout=60s env=SIGN=../sign}\n```\n\n"
                 "```output {of=p timeout=60s env=SIGN=../sign}\n```\n");
    _exit(0);
}

static size_t count_entries(const char *path)
{
    struct dirent *entry;
    DIR *folder = opendir(path);
    size_t count = 0;

    assert_non_null(folder);
    while ((entry = readdir(folder)) != NULL)
        count += entry->d_name[0] != '.';
    closedir(folder);
    return count;
}

TEST(interrupt_leaves_nothing_behind)
{
    const struct timespec pause = {0, 10 * 1000 * 1000};
    char *base = sandbox_open(), sign[128];
    int status, waits = 0;
    pid_t child;

    snprintf(sign, sizeof sign, "%s/sign", base);
    child = fork();
    if (child == 0)
        run_until_interrupted(base);
    while (access(sign, F_OK) != 0 && waits++ < 2000)
        nanosleep(&pause, NULL);
    assert_int_equal(kill(child, SIGTERM), 0);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGTERM);
    assert_int_equal(count_entries(base), 2); /* the sign, and the book's own folder */
    assert_true(sandbox_close(base));
}

int main(void)
{
    return tests_run(NULL, NULL);
}
