/*
 * Outcomes blocks: what they say, and how they are compared with the record
 * that Make left of an exploration. Records are written here by hand: what is
 * judged is the judge.
 */
#include "doctest_book.h"
#include "folder.h"

#include "heddle/doctest/bless.h"
#include "heddle/outcomes/launch.h"
#include "heddle/outcomes/outcomes.h"

#define PROGRAM "# One\n\n```c {file=p.c .program}\nint main(void) { return 0; }\n```\n\n"
#define COMPLETE \
    "\"complete\": true, \"bounded\": false, \"stopped\": \"\", \"fault\": \"\", " \
    "\"runs\": 4, "
#define ONE \
    "{\"ending\": \"exit\", \"status\": 0, \"text\": \"ends with status 0\", " \
    "\"stdout\": \"1\\n\", \"stderr\": \"\", \"waits\": [], \"runs\": 2, " \
    "\"schedule\": \"0x2,1\"}"
#define TWO \
    "{\"ending\": \"exit\", \"status\": 0, \"text\": \"ends with status 0\", " \
    "\"stdout\": \"2\\n\", \"stderr\": \"\", \"waits\": [], \"runs\": 2, " \
    "\"schedule\": \"0x3\"}"
#define RACE \
    "{\"object\": \"count\", \"first\": {\"at\": \"a.md:8\"}, " \
    "\"second\": {\"at\": \"a.md:9\"}, \"schedule\": \"0,1\"}"

/* Opens a book with p, this block, and this record of exploring p. */
static void open_explored(struct book *book, const char *block, const char *result)
{
    struct buf text = {0};

    buf_addf(&text, PROGRAM "%s", block);
    open_book(book, buf_string(&text));
    assert_true(book->good);
    build(book);
    put_file("build/explore/p", "#!/bin/true\n");
    if (result != NULL) {
        text.len = 0;
        buf_addf(&text, OUTCOMES_RECORD "{%s}\n", result);
        put_file(strstr(block, "model=sc") != NULL ? "build/explore/p.model-sc.outcomes"
                                                   : "build/explore/p.outcomes",
                 buf_string(&text));
    }
    buf_free(&text);
}

static void assert_passes(const char *block, const char *result)
{
    struct book book;

    open_explored(&book, block, result);
    run(&book);
    assert_string_equal(buf_string(&book.messages), "");
    assert_int_equal(book.passed, 1);
    close_book(&book);
}

static void assert_says(const char *block, const char *result, const char *wanted)
{
    struct book book;

    open_explored(&book, block, result);
    run(&book);
    assert_string_equal(buf_string(&book.messages), wanted);
    assert_int_equal(book.failed, 1);
    close_book(&book);
}

/* Comparing ------------------------------------------------------------------- */

TEST(every_outcome_in_any_order_passes)
{
    assert_passes("```outcomes {of=p}\n1\n---\n2\n```\n",
                  COMPLETE "\"outcomes\": [" TWO ", " ONE "], \"races\": []");
    assert_passes("```outcomes {of=p}\n1\n---\n2\n---\n```\n",
                  COMPLETE "\"outcomes\": [" TWO ", " ONE "], \"races\": []");
}

TEST(an_unlisted_outcome_fails_with_its_schedule)
{
    assert_says(
        "```outcomes {of=p}\n2\n```\n", COMPLETE "\"outcomes\": [" TWO ", " ONE "], \"races\": []",
        "chapters/one.md:7:4: error: p has an outcome that the block does not list\n+1\n+---\n"
        "  heddle explore --replay 0x2,1 p\n");
}

TEST(a_listed_outcome_that_no_schedule_has_fails)
{
    assert_says(
        "```outcomes {of=p}\n2\n---\n1\n```\n", COMPLETE "\"outcomes\": [" TWO "], \"races\": []",
        "chapters/one.md:7:4: error: p has no schedule with the outcome of line 10\n-1\n----\n");
}

TEST(an_outcome_listed_twice_fails)
{
    assert_says("```outcomes {of=p}\n2\n---\n2\n```\n",
                COMPLETE "\"outcomes\": [" TWO "], \"races\": []",
                "chapters/one.md:7:4: error: p has the outcome of line 8 in line 10 again\n");
}

TEST(an_exploration_that_stopped_proves_nothing)
{
    static const char block[] = "```outcomes {of=p}\n2\n```\n";

    assert_says(
        block,
        "\"complete\": false, \"stopped\": \"seconds\", \"runs\": 7, \"outcomes\": [" TWO "]",
        "chapters/one.md:7:4: error: p was not explored to its end in 60 s, in 7 runs; allow more "
        "with timeout=, or fewer preemptions with bound=2\n");
    assert_says(
        block, "\"complete\": false, \"stopped\": \"runs\", \"runs\": 7, \"outcomes\": [" TWO "]",
        "chapters/one.md:7:4: error: p was not explored to its end: stopped at its limit of runs, "
        "after 7 runs\n");
    assert_says(block,
                "\"complete\": false, \"stopped\": \"refused\", \"fault\": \"calls fork\", "
                "\"fault_at\": \"a.md:3\", \"outcomes\": []",
                "chapters/one.md:7:4: error: p cannot be explored: calls fork, at a.md:3\n");
    assert_says(
        block, "\"complete\": false, \"stopped\": \"diverged\", \"outcomes\": []",
        "chapters/one.md:7:4: error: p does not do the same when its threads take the same turns, "
        "so its outcomes cannot be listed\n");
}

TEST(a_bounded_exploration_is_not_every_outcome)
{
    assert_says(
        "```outcomes {of=p}\n2\n```\n",
        "\"complete\": false, \"bounded\": true, \"stopped\": \"\", \"runs\": 7, "
        "\"outcomes\": [" TWO "]",
        "chapters/one.md:7:4: error: p was explored with few preemptions only; say bound=, or run "
        "make\n");
}

/* All schedules, but C allows more than these show. */
#define WEAK \
    "\"complete\": false, \"bounded\": false, \"stopped\": \"\", \"runs\": 4, \"model\": \"sc\", " \
    "\"weak\": {\"object\": \"flag\", \"first\": \"a.md:8\", \"second\": \"a.md:9\"}, "

TEST(weak_atomics_prove_sequential_consistency_only)
{
    static const char *const complaint =
        "chapters/one.md:7:4: error: p has atomics weaker than seq_cst on flag that nothing "
        "orders, at "
        "a.md:8 "
        "and a.md:9: C allows more than was tried; make them seq_cst, or say model=sc for a list "
        "under sequential consistency\n";

    assert_says("```outcomes {of=p}\n2\n```\n", WEAK "\"outcomes\": [" TWO "]", complaint);
    assert_passes("```outcomes {of=p model=sc}\n2\n```\n", WEAK "\"outcomes\": [" TWO "]");
    assert_says("```outcomes {of=p races=count}\n2\n```\n",
                WEAK "\"outcomes\": [" TWO "], \"races\": [" RACE "]", complaint);
}

/* The list is C11's own, however weak the atomics. */
TEST(weak_atomics_explored_as_c11_has_them_are_fine)
{
    assert_passes("```outcomes {of=p}\n2\n```\n",
                  COMPLETE "\"model\": \"rc11\", \"weak\": {\"object\": \"flag\", \"first\": "
                           "\"a.md:8\", \"second\": \"a.md:9\"}, \"outcomes\": [" TWO "]");
}

TEST(why_c11_could_not_be_followed_is_said)
{
    assert_says(
        "```outcomes {of=p}\n2\n```\n",
        WEAK "\"unfollowed\": \"rc11 cannot follow poll\", \"outcomes\": [" TWO "]",
        "chapters/one.md:7:4: error: p has atomics weaker than seq_cst on flag that nothing "
        "orders, at a.md:8 and a.md:9: C allows more than was tried, as rc11 cannot follow "
        "poll; make them seq_cst, or say model=sc for a list under sequential consistency\n");
}

/* A schedule counts the choices that there are. */
TEST(a_schedule_comes_with_what_the_block_asks_for)
{
    struct book book;
    struct buf record = {0};

    open_explored(&book, "```outcomes {of=p spurious=2 failing=thread args=x}\n1\n```\n", NULL);
    buf_addf(&record, OUTCOMES_RECORD "{" COMPLETE "\"outcomes\": [" ONE ", " TWO "]}\n");
    put_file("build/explore/p.spurious-2.failing-thread.args-e58d0c87.outcomes",
             buf_string(&record));
    run(&book);
    assert_string_equal(
        buf_string(&book.messages),
        "chapters/one.md:7:4: error: p has an outcome that the block does not list\n+2\n+---\n"
        "  heddle explore --replay 0x3 --spurious 2 --failing thread p -- ...\n");
    buf_free(&record);
    close_book(&book);
}

TEST(a_smaller_model_is_not_said_without_need)
{
    assert_says(
        "```outcomes {of=p model=sc}\n2\n```\n",
        COMPLETE "\"model\": \"c11\", \"outcomes\": [" TWO "]",
        "chapters/one.md:7:4: error: p has every outcome that C allows in its list; leave out "
        "model=sc\n");
}

TEST(a_doubt_is_no_proof_whatever_the_block_says)
{
    static const char doubted[] =
        "\"complete\": false, \"bounded\": true, \"stopped\": \"\", \"model\": \"sc\", "
        "\"unproven\": [{\"text\": \"calls frob, which the explorer does not know\", "
        "\"at\": \"a.md:8\"}, {\"text\": \"has inline assembler\", \"at\": \"\"}], "
        "\"outcomes\": [" TWO "]";

    assert_says(
        "```outcomes {of=p model=sc}\n2\n```\n", doubted,
        "chapters/one.md:7:4: error: p is not proven: it calls frob, which the explorer does not "
        "know, at a.md:8; leave that out, or show what one run prints in an output block\n"
        "and p is not proven: it has inline assembler; leave that out, or show what one "
        "run prints in an output block\n");
}

TEST(a_record_that_does_not_say_complete_is_not)
{
    assert_says("```outcomes {of=p model=sc}\n2\n```\n",
                "\"complete\": false, \"runs\": 7, \"outcomes\": [" TWO "]",
                "chapters/one.md:7:4: error: p was not explored to its end; remove its record and "
                "run make\n");
}

TEST(a_race_must_be_said)
{
    assert_says(
        "```outcomes {of=p}\n2\n```\n",
        COMPLETE "\"outcomes\": [" TWO "], \"races\": [" RACE ", " RACE "]",
        "chapters/one.md:7:4: error: p has a data race on count, between a.md:8 and a.md:9; say "
        "races=count if it shall\n  heddle explore --trace 0,1 p\n");
    assert_passes("```outcomes {of=p races=count}\n2\n```\n",
                  COMPLETE "\"outcomes\": [" TWO "], \"races\": [" RACE ", " RACE "]");
    assert_says("```outcomes {of=p races=\"count size\"}\n2\n```\n",
                COMPLETE "\"outcomes\": [" TWO "], \"races\": [" RACE "]",
                "chapters/one.md:7:4: error: p has no data race on size\n");
}

TEST(endings_streams_and_waits_are_part_of_an_outcome)
{
    assert_passes(
        "```outcomes {of=p}\n1\n2> oh\n--- ends with status 3\n--- is ended by SIGABRT\n"
        "--- lost wake-up\n    a waits for b\n    main waits for a to end\n"
        "--- misuse: unlocks what it has not locked\n---\n```\n",
        COMPLETE
        "\"outcomes\": ["
        "{\"ending\": \"exit\", \"status\": 3, \"text\": \"ends with status 3\", "
        "\"stdout\": \"1\\n\", \"stderr\": \"oh\\n\", \"waits\": []},"
        "{\"ending\": \"signal\", \"status\": 6, \"text\": \"is ended by SIGABRT\", \"waits\": []},"
        "{\"ending\": \"lost wake-up\", \"status\": 0, \"text\": \"lost wake-up\", \"waits\": ["
        "{\"name\": \"a\", \"text\": \"waits for b\"}, "
        "{\"name\": \"main\", \"text\": \"waits for a to end\"}]},"
        "{\"ending\": \"misuse\", \"status\": 0, \"text\": \"unlocks what it has not locked\"},"
        "{\"ending\": \"exit\", \"status\": 0, \"text\": \"ends with status 0\"}]");
}

TEST(what_no_block_can_show_is_a_failure)
{
    static const char *const wrong[][2] = {
        {"1", "it does not end in a newline"},
        {"--- 1\\n", "one of its lines would be read as something else"},
        {"2> 1\\n", "one of its lines would be read as something else"},
        {"    1\\n", "one of its lines would be read as something else"},
        {"1\\r\\n", "it holds carriage returns"},
    };

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct buf result = {0}, wanted = {0};

        buf_addf(&result,
                 COMPLETE "\"outcomes\": [{\"ending\": \"exit\", \"stdout\": \"%s\", "
                          "\"schedule\": \"0\"}]",
                 wrong[i][0]);
        buf_addf(&wanted,
                 "chapters/one.md:7:4: error: p has an outcome that cannot be shown: %s\n"
                 "  heddle explore --replay 0 p\n",
                 wrong[i][1]);
        assert_says("```outcomes {of=p}\n1\n```\n", buf_string(&result), buf_string(&wanted));
        buf_free(&result);
        buf_free(&wanted);
    }
}

/* Records --------------------------------------------------------------------- */

TEST(a_record_that_is_not_there_or_old_fails)
{
    static const char block[] = "```outcomes {of=p}\n2\n```\n";
    struct timespec now[2] = {{.tv_sec = 0, .tv_nsec = UTIME_NOW}, {.tv_nsec = UTIME_NOW}};
    struct book book;

    assert_says(block, NULL,
                "chapters/one.md:7:4: error: p cannot be judged: build/explore/p.outcomes is "
                "not made; run make\n");
    open_explored(&book, block, COMPLETE "\"outcomes\": [" TWO "]");
    now[1].tv_sec = time(NULL) + 10;
    now[1].tv_nsec = 0;
    assert_int_equal(utimensat(AT_FDCWD, "build/explore/p", now, 0), 0);
    run(&book);
    assert_string_equal(buf_string(&book.messages),
                        "chapters/one.md:7:4: error: p cannot be judged: "
                        "build/explore/p.outcomes is older than its program; run make\n");
    close_book(&book);
}

TEST(a_program_that_is_not_explored_yet_fails)
{
    struct book book;

    open_explored(&book, "```outcomes {of=p}\n2\n```\n", COMPLETE "\"outcomes\": [" TWO "]");
    assert_int_equal(unlink("build/explore/p"), 0);
    run(&book);
    assert_string_equal(
        buf_string(&book.messages),
        "chapters/one.md:7:4: error: build/explore/p is not built; run make -f build/book.mk\n");
    close_book(&book);
}

/* A program that was made anew and finds the same: Make has to see it. */
FOLDER_TEST(a_record_is_new_even_if_it_says_the_same)
{
    static const struct timespec long_ago[2];
    static const char program[] =
        "#!/bin/sh\n# explore_outside: as one that is explored has it\necho '{" COMPLETE
        "\"outcomes\": [], \"races\": []}'\n";
    static const char *const arguments[] = {"./p"};
    struct diags diags = {0};
    struct stat status;

    put_file("p", program);
    assert_int_equal(chmod("p", 0755), 0);
    for (int round = 0; round < 2; round++) {
        launch_explorer(&(const struct launch_options){.record = "p.outcomes"}, arguments, 1,
                        &diags);
        assert_int_equal(stat("p.outcomes", &status), 0);
        assert_true(status.st_mtim.tv_sec > 0);
        assert_int_equal(utimensat(AT_FDCWD, "p.outcomes", long_ago, 0), 0);
    }
    assert_int_equal(diags.errors, 0);
    diag_free(&diags);
}

TEST(what_is_no_record_is_refused)
{
    static const char *const wrong[] = {"", "heddle outcomes 2\n{}", OUTCOMES_RECORD,
                                        OUTCOMES_RECORD "[]", OUTCOMES_RECORD "{\"runs\": "};

    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct arena arena = {0};
        struct explored explored;

        assert_false(outcomes_read_record(&explored, &arena, span_of(wrong[i])));
        arena_free(&arena);
    }
}

TEST(each_outcome_has_its_trace)
{
    struct arena arena = {0};
    struct explored explored;

    assert_true(outcomes_read_record(
        &explored, &arena,
        span_of(OUTCOMES_RECORD "{" COMPLETE "\"outcomes\": [" TWO ",\n" ONE "]}\n"
                                "trace 1\nstep 1\nend exit 0 \"a\"\ntrace 1\nend exit 0 \"b\"\n")));
    assert_int_equal(explored.outcomes.count, 2);
    assert_true(span_is(explored.outcomes.list[0].trace, "trace 1\nstep 1\nend exit 0 \"a\"\n"));
    assert_true(span_is(explored.outcomes.list[1].trace, "trace 1\nend exit 0 \"b\"\n"));
    arena_free(&arena);
}

TEST(files_are_named_after_what_was_asked)
{
    static const char *const args[] = {"a b", "c", NULL}, *const others[] = {"a", "b c", NULL};
    struct outcomes_how how = {.bound = -1, .spurious = 1, .failing = "", .model = ""};
    struct buf one = {0}, two = {0};

    outcomes_file(&how, span_of("p"), &one);
    assert_string_equal(buf_string(&one), "p.outcomes");
    how = (struct outcomes_how){.bound = 0,
                                .spurious = 0,
                                .failing = "malloc,thread",
                                .model = "tso"};
    one.len = 0;
    outcomes_file(&how, span_of("p"), &one);
    assert_string_equal(buf_string(&one),
                        "p.bound-0.spurious-0.failing-malloc,thread.model-tso.outcomes");
    how = (struct outcomes_how){.bound = -1,
                                .spurious = 1,
                                .failing = "",
                                .model = "",
                                .args = {(const char **)(uintptr_t)args, 2}};
    one.len = 0;
    outcomes_file(&how, span_of("p"), &one);
    how.args.list = (const char **)(uintptr_t)others;
    outcomes_file(&how, span_of("p"), &two);
    assert_string_not_equal(buf_string(&one), buf_string(&two));
    buf_free(&one);
    buf_free(&two);
}

/* Blessing -------------------------------------------------------------------- */

static void bless(struct book *book, bool wanted)
{
    struct bless_counts counts;
    FILE *nowhere = fopen("/dev/null", "w");

    assert_non_null(nowhere);
    assert_int_equal(bless_run(&book->list, &defaults, true, nowhere, &counts, &book->diags),
                     wanted);
    assert_int_equal(counts.blocks, wanted);
    fclose(nowhere);
}

static void assert_chapter_is(const char *wanted)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span text;

    assert_true(file_read(&arena, "chapters/one.md", &text, &diags));
    assert_string_equal(text.ptr, wanted);
    arena_free(&arena);
    diag_free(&diags);
}

TEST(bless_writes_every_outcome)
{
    struct book book;

    open_explored(&book, "```outcomes {of=p}\n```\n",
                  COMPLETE "\"outcomes\": [" TWO ", " ONE "], \"races\": []");
    bless(&book, true);
    assert_chapter_is(PROGRAM "```outcomes {of=p}\n2\n---\n1\n```\n");
    close_book(&book);
}

TEST(bless_writes_no_list_that_is_not_proven)
{
    struct book book;

    open_explored(&book, "```outcomes {of=p}\n```\n",
                  COMPLETE "\"outcomes\": [" TWO "], \"races\": [" RACE "]");
    bless(&book, false);
    assert_chapter_is(PROGRAM "```outcomes {of=p}\n```\n");
    close_book(&book);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
