/*
 * Outputs of programs: what their blocks say, how they are run, and what is
 * compared.
 */
#include "doctest_book.h"

/* Reading --------------------------------------------------------------------- */

static void assert_refused(const char *block, const char *wanted)
{
    struct buf text = {0};
    struct book book;

    buf_addf(&text, "```c {file=p.c .program}\nint main(void) { return 0; }\n```\n\n%s", block);
    open_book(&book, buf_string(&text));
    assert_false(book.good);
    assert_int_equal(book.diags.errors, 1);
    assert_string_equal(book.diags.list[0].message, wanted);
    assert_true(book.diags.list[0].place.line >= 5);
    close_book(&book);
    buf_free(&text);
}

TEST(bad_attributes_are_errors_at_their_places)
{
    assert_refused("```output {of=p order=some}\n```\n",
                   "\"some\" is no order; say any or threads");
    assert_refused("```output {of=p stream=out}\n```\n",
                   "\"out\" is no stream; say stdout or stderr");
    assert_refused("```output {of=p status=256}\n```\n", "\"256\" is no exit status from 0 to 255");
    assert_refused("```output {of=p signal=TREM}\n```\n",
                   "\"TREM\" is no signal; say TERM or SIGTERM");
    assert_refused("```output {of=p status=1 signal=TERM}\n```\n",
                   "\"TERM\" contradicts status: one run has one end");
    assert_refused("```output {of=p timeout=10}\n```\n",
                   "\"10\" is no time limit up to an hour; say 500ms, 10s or 2m");
    assert_refused("```output {of=p timeout=0s}\n```\n",
                   "\"0s\" is no time limit up to an hour; say 500ms, 10s or 2m");
    assert_refused("```output {of=p timeout=61m}\n```\n",
                   "\"61m\" is no time limit up to an hour; say 500ms, 10s or 2m");
    assert_refused("```output {of=p args=\"'a\"}\n```\n",
                   "\"'a\" has a quote that is never closed");
    assert_refused("```output {of=p env=\"A=1 B\"}\n```\n", "\"A=1 B\" is no list of NAME=value");
    assert_refused("```output {of=p}\nfor {{2..1}} s\n```\n", "\"{{2..1}}\" is an empty range");
    assert_refused(
        "```output {of=p status=1}\n```\n\n```output {of=p stream=stderr status=2}\n```\n",
        "\"2\" contradicts another block of the same run");
}

TEST(names_say_chapter_line_and_program)
{
    struct book book;

    open_book(&book, "```c {file=items/p.c .program}\nint main(void) { return 0; }\n```\n\n"
                     "```output {of=p}\n```\n\n```c {.fragment #typed}\nint x;\n```\n");
    assert_true(book.good);
    assert_int_equal(book.list.count, 2);
    assert_string_equal(book.list.tests[0].name, "chapters/one.md:5 p");
    assert_string_equal(book.list.tests[1].name, "chapters/one.md:8 fragment typed");
    close_book(&book);
}

TEST(words_come_apart_as_in_a_shell)
{
    static const char text[] = " a  'b \"c\\'\t\"d \\\"e\\\\ \\f\"\\ g\n'' ";
    static const char *const wanted[] = {"a", "b \"c\\", "d \"e\\ \\f g", ""};
    struct arena arena = {0};
    struct shell_words words;

    assert_null(shell_words_split(&words, &arena, span_of(text)));
    assert_int_equal(words.count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_string_equal(words.list[i], wanted[i]);
    assert_null(words.list[4]);
    assert_string_equal(shell_words_split(&words, &arena, span_of("a\\")), "ends in a backslash");
    assert_non_null(shell_words_split(&words, &arena, span_of("a \"b")));
    assert_null(shell_words_split(&words, &arena, span_of("")));
    assert_int_equal(words.count, 0);
    arena_free(&arena);
}

/* Running --------------------------------------------------------------------- */

TEST(same_output_passes)
{
    assert_program_passes("puts(\"a\"); puts(\"b\");", "```output {of=p}\na\nb\n```\n");
}

TEST(a_last_line_without_newline_can_be_promised)
{
    assert_program_passes("printf(\"a\\nb\");", "```output {of=p newline=no}\na\nb\n```\n");
    assert_program_passes("printf(\"a\\nb\");",
                          "```output {of=p newline=no order=any}\nb\na\n```\n");
    assert_program_says("puts(\"a\");", "```output {of=p newline=no}\na\n```\n",
                        "chapters/one.md:20:4: error: p ends its last line with a newline, and "
                        "newline=no says that it does not\n");
    assert_refused("```output {of=p newline=yes}\n```\n",
                   "\"yes\" is no word about the last newline; say newline=no, or nothing");
}

TEST(other_output_fails_with_a_diff)
{
    assert_program_says("puts(\"a\"); puts(\"c\");", "```output {of=p}\na\nb\n```\n",
                        "chapters/one.md:20:4: error: p prints something else\n"
                        "@@ -21,2 +1,2 @@\n a\n-b\n+c\n");
}

TEST(exit_status_is_part_of_the_promise)
{
    assert_program_passes("puts(\"a\"); return 3;", "```output {of=p status=3}\na\n```\n");
    assert_program_says("puts(\"a\"); return 3;", "```output {of=p}\na\n```\n",
                        "chapters/one.md:20:4: error: p ends with status 3, not with status 0; say "
                        "status=3 if it shall\n");
}

TEST(crash_names_its_signal)
{
    assert_program_says("raise(SIGSEGV);", "```output {of=p}\n```\n",
                        "chapters/one.md:20:4: error: p is ended by SIGSEGV, not with status 0; "
                        "say signal=SEGV if it shall\n");
    assert_program_passes("raise(SIGTERM);", "```output {of=p signal=TERM}\n```\n");
    assert_program_passes("raise(SIGTERM);", "```output {of=p signal=15}\n```\n");
    assert_program_says("return 15;", "```output {of=p signal=SIGTERM}\n```\n",
                        "chapters/one.md:20:4: error: p ends with status 15, not by SIGTERM; say "
                        "status=15 if it shall\n");
}

TEST(stderr_must_be_empty_unless_it_is_shown)
{
    assert_program_says(
        "puts(\"a\"); fputs(\"oh\\n\", stderr);", "```output {of=p}\na\n```\n",
        "chapters/one.md:20:4: error: p prints what no block shows, on stderr:\n| oh\n");
    assert_program_passes("puts(\"a\"); fputs(\"oh\\n\", stderr);",
                          "```output {of=p}\na\n```\n\n```output {of=p stream=stderr}\noh\n```\n");
}

TEST(stdout_must_be_empty_unless_it_is_shown)
{
    assert_program_says(
        "puts(\"a\"); fputs(\"oh\\n\", stderr);", "```output {of=p stream=stderr}\noh\n```\n",
        "chapters/one.md:20:4: error: p prints what no block shows, on stdout:\n| a\n");
}

TEST(failing_run_says_what_is_on_stderr)
{
    assert_program_says("fputs(\"p: oh\\n\", stderr); return 1;", "```output {of=p}\na\n```\n",
                        "chapters/one.md:20:4: error: p ends with status 1, not with status 0; say "
                        "status=1 if it shall\n"
                        "and p prints what no block shows, on stderr:\n| p: oh\n"
                        "and p prints something else\n@@ -21,1 +1,0 @@\n-a\n");
}

TEST(blocks_of_one_run_share_its_end)
{
    assert_program_passes("puts(\"a\"); fputs(\"b\\n\", stderr); return 4;",
                          "```output {of=p}\na\n```\n\n"
                          "```output {of=p stream=stderr status=4}\nb\n```\n");
}

TEST(other_arguments_are_another_run)
{
    assert_program_passes("puts(argc > 1 ? argv[1] : \"none\"); return argc - 1;",
                          "```output {of=p}\nnone\n```\n\n"
                          "```output {of=p args=x status=1}\nx\n```\n");
}

TEST(arguments_are_split_like_a_shell)
{
    assert_program_passes("for (int i = 1; i < argc; i++) printf(\"<%s>\\n\", argv[i]);",
                          "```output {of=p args=\"-n 3 'a b' \\\"c  d\\\" e\\\\ f ''\"}\n"
                          "<-n>\n<3>\n<a b>\n<c  d>\n<e f>\n<>\n```\n");
}

TEST(files_of_the_chapter_stand_beside_the_program)
{
    static const char body[] =
        "int c; FILE *f = fopen(\"in/a.txt\", \"r\"); if (f == NULL) return 1;"
        "while ((c = getc(f)) != EOF) putchar(c);";
    static const char file[] = "```text {file=in/a.txt}\none\n```\n\n";
    struct buf blocks = {0};

    buf_addf(&blocks, "%s```output {of=p}\none\n```\n", file);
    assert_program_passes(body, buf_string(&blocks));
    blocks.len = 0;
    buf_addf(&blocks, "%s```output {of=p files=in/a.txt}\none\n```\n", file);
    assert_program_passes(body, buf_string(&blocks));
    blocks.len = 0;
    buf_addf(&blocks, "%s```output {of=p files='' status=1}\n```\n", file);
    assert_program_passes(body, buf_string(&blocks));
    buf_free(&blocks);
    assert_refused("```output {of=p files=a.txt}\n```\n", "no chapter makes a file \"a.txt\"");
}

TEST(a_program_is_called_by_its_name_in_its_own_folder)
{
    assert_program_passes("(void)argc; puts(argv[0]);", "```output {of=p}\n./p\n```\n");
}

/* Prints its arguments and the first line of its input, and ends with their number. */
static const char talker[] = "char line[80]; for (int i = 1; i < argc; i++) puts(argv[i]);"
                             "if (fgets(line, sizeof line, stdin)) fputs(line, stdout);"
                             "if (argc > 2) fputs(\"two\\n\", stderr); return argc / 3;";

TEST(a_script_is_run_by_its_interpreter)
{
    struct book book;

    open_book(&book,
              "```sh {file=bin/a.sh .program run='sh -u'}\necho $0 $1; cat in.txt; exit 3\n```\n\n"
              "```sh {file=b.sh .program}\n#!/bin/sh\necho b\n```\n\n"
              "```text {file=in.txt}\none\n```\n\n"
              "```output {of=a args=x status=3}\n./a.sh x\none\n```\n\n"
              "```console {of=b}\n$ ./b.sh\nb\n```\n");
    assert_true(book.good);
    run(&book);
    assert_string_equal(buf_string(&book.messages), "");
    assert_int_equal(book.passed, 2);
    close_book(&book);
}

TEST(a_session_runs_a_program_more_than_once)
{
    assert_program_passes(
        talker, "```text {file=in.txt}\none\n```\n\n"
                "```console {of=p}\n$ gcc -o p p.c\n$ ./p 'a b'\na b\n$ ./a.out < in.txt\none\n"
                "$ p x y\ntwo\nx\ny\n$ echo $?\n1\n$ ./p\n```\n");
    assert_program_passes(talker, "```console {of=p status=1}\n$ ./p x y\n[..]\n...\n```\n");
}

TEST(a_session_that_goes_otherwise_says_where)
{
    assert_program_says(
        talker, "```console {of=p}\n$ ./p a\nb\n$ ./p\n```\n",
        "chapters/one.md:20:4: error: p prints something else behind line 21, $ ./p a\n"
        "@@ -22,1 +1,1 @@\n-b\n+a\n");
    assert_program_says(talker, "```console {of=p}\n$ ./p a b\ntwo\na\nb\n$ ./p\n```\n",
                        "chapters/one.md:20:4: error: p ends with status 1, not with status 0; say "
                        "status=1 if it shall\n");
    assert_program_says(
        talker, "```console {of=p}\n$ ./p < no.txt\n```\n",
        "chapters/one.md:20:4: error: p cannot read no.txt: there is no such file; a block "
        "{file=no.txt} of this chapter makes one, or files= names one\n");
}

TEST(a_session_has_only_commands_of_its_program)
{
    assert_refused("```console {of=p}\n$ ./q\n```\n",
                   "this is a session of p, so its commands are ./p and echo $?");
    assert_refused("```console {of=p}\n$ ./p | sort\n```\n",
                   "no shell runs this, so no sign is obeyed but <");
    assert_refused("```console {of=p}\nhello\n```\n",
                   "a session begins with a line \"$ ./\" and its program");
    assert_refused("```console {of=p}\n$ ./p < ../x\n```\n",
                   "what it reads must be a file of its own folder");
    assert_refused("```console {of=p}\n$ gcc p.c\nwarning\n$ ./p\n```\n",
                   "what a compiler prints is not compared here; a block .compile-fail does that");
    assert_refused("```console {of=p args=x}\n$ ./p\n```\n",
                   "\"x\" means nothing in a session; its lines say how the program is called");
}

TEST(stdin_is_given_or_empty)
{
    assert_program_passes("int c; while ((c = getchar()) != EOF) putchar(c);",
                          "```output {of=p}\n```\n\n"
                          "```output {of=p stdin=\"one\\ntwo\\n\"}\none\ntwo\n```\n");
}

TEST(environment_is_small_and_can_be_added_to)
{
    setenv("HEDDLE_TEST_STRAY", "x", 1);
    setenv("UBSAN_OPTIONS", "print_stacktrace=1", 1);
    assert_program_passes("puts(getenv(\"HEDDLE_TEST_STRAY\") ? \"stray\" : \"clean\");"
                          "puts(getenv(\"LC_ALL\")); puts(getenv(\"A\")); puts(getenv(\"B\"));"
                          "puts(getenv(\"UBSAN_OPTIONS\"));"
                          "puts(strcmp(getenv(\"HOME\"), getenv(\"TMPDIR\")) ? \"two\" : \"one\");",
                          "```output {of=p env=\"A=1 'B=2 3' LC_ALL=C\"}\n"
                          "clean\nC\n1\n2 3\nprint_stacktrace=1\none\n```\n");
    unsetenv("HEDDLE_TEST_STRAY");
    unsetenv("UBSAN_OPTIONS");
}

TEST(each_run_has_an_empty_folder)
{
    assert_program_passes("FILE *f = fopen(\"left\", \"r\"); puts(f ? \"left over\" : \"empty\");"
                          "f = fopen(\"left\", \"w\"); fclose(f);",
                          "```output {of=p}\nempty\n```\n\n```output {of=p}\nempty\n```\n");
}

TEST(folder_is_removed_with_all_it_holds_and_no_more)
{
    struct book book;
    struct stat about;
    char *base;

    base = sandbox_open();
    assert_int_equal(setenv("TMPDIR", base, 1), 0);
    open_program(&book,
                 "mkdir(\"d\", 0700); creat(\"d/f\", 0600); symlink(\"/\", \"d/root\");"
                 "FILE *f = fopen(\"d/g\", \"w\"); fclose(f); chmod(\"d\", 0);"
                 "symlink(getenv(\"KEPT\"), \"link\");",
                 "```output {of=p env=\"KEPT=../../kept\"}\n```\n");
    assert_int_equal(book.passed, 1);
    assert_int_equal(stat("build/bin/p", &about), 0);
    close_book(&book);
    unsetenv("TMPDIR");
    assert_int_equal(rmdir(base), 0);
    free(base);
}

TEST(time_limit_shows_what_came_before_it)
{
    assert_program_says(
        "puts(\"so far\"); fflush(stdout); sleep(60);",
        "```output {of=p timeout=300ms}\nso far\n```\n",
        "chapters/one.md:20:4: error: p timed out after 300 ms; so far it printed:\n"
        "| so far\n");
}

TEST(endless_output_is_cut)
{
    struct book book;

    open_program(&book, "for (;;) puts(\"y\");", "```output {of=p}\ny\n```\n");
    assert_true(
        span_starts(buf_span(&book.messages),
                    "chapters/one.md:20:4: error: p printed more than 16 MiB, beginning with:\n"
                    "| y\n| y\n"));
    assert_true(book.messages.len < 1000);
    close_book(&book);
}

/* A zombie is not: it only waits to be counted. One that is counted between
 * open and read leaves nothing to read. */
static bool is_alive(long pid)
{
    char path[64], state = 'Z';
    FILE *file;

    snprintf(path, sizeof path, "/proc/%ld/stat", pid);
    file = fopen(path, "r");
    if (file == NULL)
        return false;
    if (fscanf(file, "%*d (%*[^)]) %c", &state) != 1)
        state = 'Z';
    fclose(file);
    return state != 'Z' && state != 'X';
}

/* A program that leaves a child that holds its output, and a daemon, and
 * writes their numbers to `path`. */
static void leaving_program(char *body, size_t size, const char *path)
{
    snprintf(
        body, size,
        "FILE *f = fopen(\"%s\", \"w\"); pid_t c = fork(); if (c == 0) { pause(); }"
        "int ends[2]; pipe(ends); if (fork() == 0) { setsid(); pid_t d = fork();"
        " if (d == 0) { close(1); close(2); pause(); } write(ends[1], &d, sizeof d); _exit(0); }"
        "pid_t d; read(ends[0], &d, sizeof d);"
        "fprintf(f, \"%%ld %%ld\", (long)c, (long)d); fclose(f);",
        path);
}

static void assert_ended(const char *path)
{
    long child, daemon;
    FILE *file = fopen(path, "r");

    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &child, &daemon), 2);
    fclose(file);
    assert_false(is_alive(child));
    assert_false(is_alive(daemon));
}

TEST(leftovers_are_ended)
{
    char path[64], body[1024], *base = sandbox_open();
    struct sandbox_guard guard;
    struct doctest_result result;
    struct book book;

    snprintf(path, sizeof path, "%s/pids", base);
    leaving_program(body, sizeof body, path);
    open_program(&book, body, "```output {of=p timeout=30s}\n```\n");
    assert_string_equal(buf_string(&book.messages), "");
    assert_ended(path);
    sandbox_guard_begin(&guard);
    doctest_run_one(&book.list.tests[0], &defaults, &result);
    assert_ended(path);
    sandbox_guard_end(&guard);
    doctest_result_free(&result);
    close_book(&book);
    assert_true(sandbox_close(base));
}

/* Without TMPDIR in its environment a daemon belongs to no sandbox any more;
 * the end of all tests ends it. */
TEST(stray_daemon_is_ended_at_the_end)
{
    char path[64], body[1024], *base = sandbox_open();
    struct book book;

    snprintf(path, sizeof path, "%s/pids", base);
    snprintf(body, sizeof body,
             "if (fork() == 0) { setsid(); if (fork() == 0) { close(1); close(2);"
             " char *none[] = { NULL }; FILE *f = fopen(\"%s\", \"w\");"
             " fprintf(f, \"%%ld %%ld\", (long)getpid(), (long)getpid()); fclose(f);"
             " execle(\"/bin/sleep\", \"sleep\", \"60\", (char *)NULL, none); } _exit(0); }"
             "while (access(\"%s\", F_OK) != 0) usleep(1000); usleep(100000);",
             path, path);
    open_program(&book, body, "```output {of=p timeout=30s}\n```\n");
    assert_string_equal(buf_string(&book.messages), "");
    assert_ended(path);
    close_book(&book);
    assert_true(sandbox_close(base));
}

TEST(programs_leave_no_core_files)
{
    struct rlimit limit;

    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    limit.rlim_cur = limit.rlim_max;
    assert_int_equal(setrlimit(RLIMIT_CORE, &limit), 0);
    assert_program_passes("struct rlimit r; getrlimit(RLIMIT_CORE, &r);"
                          "printf(\"%d\\n\", (int)r.rlim_cur);",
                          "```output {of=p}\n0\n```\n");
    assert_int_equal(getrlimit(RLIMIT_CORE, &limit), 0);
    assert_true(limit.rlim_cur == limit.rlim_max);
}

/* In step --------------------------------------------------------------------- */

static const char small_book[] = "```c {file=p.c .program}\n#include <stdio.h>\n"
                                 "int main(void) { puts(\"a\"); return 0; }\n```\n\n"
                                 "```output {of=p}\na\n```\n";

TEST(program_that_is_not_built_says_so)
{
    struct book book;

    open_book(&book, small_book);
    run(&book);
    assert_string_equal(
        buf_string(&book.messages),
        "chapters/one.md:6:4: error: build/bin/p is not built; run make -f build/book.mk\n");
    close_book(&book);
}

static const char too_old[] = "chapters/one.md:6:4: error: build/bin/p is older than its chapter; "
                              "run make -f build/book.mk\n";

TEST(program_older_than_its_twin_is_not_run)
{
    const struct timespec past[2] = {{1000000000, 0}, {1000000000, 0}};
    struct book book;

    open_book(&book, small_book);
    build(&book);
    assert_int_equal(utimensat(AT_FDCWD, "build/bin/p", past, 0), 0);
    run(&book);
    assert_string_equal(buf_string(&book.messages), too_old);
    close_book(&book);
}

TEST(twin_that_lags_behind_its_chapter_is_not_run)
{
    const struct timespec past[2] = {{1000000000, 0}, {1000000000, 0}};
    struct book book;

    open_book(&book, small_book);
    build(&book);
    put_file("build/plain/p.c", "int main(void) { return 0; }\n");
    assert_int_equal(utimensat(AT_FDCWD, "build/plain/p.c", past, 0), 0);
    run(&book);
    assert_string_equal(buf_string(&book.messages), too_old);
    close_book(&book);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
