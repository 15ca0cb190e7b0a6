/*
 * A program explored part by part: by several processes, by shards whose files are
 * joined, and with breaks. Whoever does it, it is the same answer.
 */
#define _GNU_SOURCE
#include "explore_run.h"
#include "folder.h"

#include <fcntl.h>
#include <sys/stat.h>

FIXTURE(folder_enter, folder_leave);

#define PROGRAM(...) \
    (const char *const[]) \
    { \
        __VA_ARGS__, NULL \
    }

/* Of the corpus' kinds: atomics, a data race, locks and conditions, deadlocks, semaphores
 * and more, with more or fewer parts than a crown has. */
static const char *const *const programs[] = {
    PROGRAM("counters"),
    PROGRAM("racing-counter"),
    PROGRAM("one-slot"),
    PROGRAM("one-slot", "one"),
    PROGRAM("one-slot", "if"),
    PROGRAM("philosophers", "3"),
    PROGRAM("readers", "4"),
    PROGRAM("lastzero", "5"),
    PROGRAM("indexer", "12"),
    PROGRAM("peterson"),
    PROGRAM("message-passing"),
    PROGRAM("slots", "2", "2", "1"),
    PROGRAM("slots", "1", "2", "2"),
};
enum { PROGRAMS = sizeof programs / sizeof *programs };

/* `keep`, `merge`: files, or NULL. */
static void explore(struct explored *explored, const char *const *program, const char *options,
                    const char *keep, const char *merge)
{
    const char *argv[8] = {NULL};
    char path[4096];

    if (strchr(program[0], '/') != NULL)
        snprintf(path, sizeof path, "%s", program[0]);
    else
        explored_path(program[0], path, sizeof path);
    argv[0] = path;
    for (size_t i = 1; program[i] != NULL; i++)
        argv[i] = program[i];
    unsetenv("EXPLORE_KEEP");
    unsetenv("EXPLORE_MERGE");
    if (keep != NULL)
        setenv("EXPLORE_KEEP", keep, 1);
    if (merge != NULL)
        setenv("EXPLORE_MERGE", merge, 1);
    explore_arguments(explored, options, argv);
    unsetenv("EXPLORE_KEEP");
    unsetenv("EXPLORE_MERGE");
}

static size_t count(const char *text, const char *word)
{
    size_t found = 0;

    for (; (text = strstr(text, word)) != NULL; text++)
        found++;
    return found;
}

/* Of all outcomes together. */
static long runs_of_outcomes(const char *json)
{
    long runs = 0;

    while ((json = strstr(json, "\n   \"runs\": ")) != NULL) {
        runs += explored_number(json, "\"runs\": ");
        json++;
    }
    return runs;
}

/* Both say the same of the program; each class has one run, so they are as many. */
static void assert_same(const struct explored *a, const struct explored *b)
{
    bool same =
        a->complete == b->complete && a->runs == b->runs &&
        a->outcomes.count == b->outcomes.count && a->result.returncode == b->result.returncode &&
        count(a->result.out, "\"object\"") == count(b->result.out, "\"object\"") &&
        count(a->result.out, "\"ending\"") == count(b->result.out, "\"ending\"") &&
        runs_of_outcomes(a->result.out) == a->runs && runs_of_outcomes(b->result.out) == b->runs;

    for (size_t i = 0; same && i < a->outcomes.count; i++)
        same = strcmp(a->outcomes.list[i], b->outcomes.list[i]) == 0;
    if (!same)
        fail_msg("%s\nis not the same as\n%s", a->result.out, b->result.out);
}

TEST(shards_that_are_joined_are_the_whole)
{
    for (size_t i = 0; i < PROGRAMS; i++)
        for (unsigned shards = 1; shards <= 4; shards += 3) {
            struct explored whole, part, joined;
            char options[64], file[32], files[256] = "";
            long runs = 0;

            explore(&whole, programs[i], "by-steps", NULL, NULL);
            assert_true(whole.complete);
            for (unsigned k = 1; k <= shards; k++) {
                snprintf(options, sizeof options, "by-steps shard=%u/%u", k, shards);
                snprintf(file, sizeof file, "part-%zu-%u-%u", i, k, shards);
                explore(&part, programs[i], options, file, NULL);
                runs += part.runs;
                assert_true(part.complete == (shards == 1));
                explored_free(&part);
                strcat(strcat(files, file), "\n");
            }
            assert_int_equal(runs, whole.runs); /* so nothing is left to be explored */
            explore(&joined, programs[i], "by-steps", NULL, files);
            assert_same(&joined, &whole);
            explored_free(&joined);
            explored_free(&whole);
        }
}

/* But for how long it took. */
static void cut_seconds(char *json)
{
    char *seconds = strstr(json, "\"seconds\"");

    assert_non_null(seconds);
    memset(seconds, ' ', strcspn(seconds, "\n"));
}

TEST(any_number_of_processes_says_the_same_to_the_byte)
{
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct explored alone, one, three;

        explore(&alone, programs[i], "by-steps", NULL, NULL);
        explore(&one, programs[i], "by-steps shard=1/1 jobs=1", NULL, NULL);
        explore(&three, programs[i], "by-steps shard=1/1 jobs=3", NULL, NULL);
        assert_same(&one, &alone);
        cut_seconds(one.result.out);
        cut_seconds(three.result.out);
        assert_string_equal(one.result.out, three.result.out);
        explored_free(&alone);
        explored_free(&one);
        explored_free(&three);
    }
}

/* Who asks for helpers has them when it takes long. */
TEST(helpers_find_what_one_alone_finds)
{
    struct explored alone, helped;

    explore(&alone, PROGRAM("counters"), "by-steps", NULL, NULL);
    explore(&helped, PROGRAM("counters"), "by-steps jobs=2", NULL, NULL);
    assert_same(&helped, &alone);
    explored_free(&alone);
    explored_free(&helped);
}

TEST(each_run_may_have_its_own_process_in_a_shard_too)
{
    struct explored whole, part;

    explore(&whole, PROGRAM("slots", "2", "2", "1"), "", NULL, NULL);
    explore(&part, PROGRAM("slots", "2", "2", "1"), "engine=fork shard=1/1 jobs=2", NULL, NULL);
    assert_same(&part, &whole);
    explored_free(&whole);
    explored_free(&part);
}

/* The rest is explored, and nothing twice. */
TEST(what_was_kept_is_gone_on_with)
{
    static const char *const program[] = {"slots", "2", "2", "1", NULL};
    struct explored whole, part, rest;
    struct stat stat_before, stat_after;

    explore(&whole, program, "", NULL, NULL);
    explore(&part, program, "shard=2/3", "kept", NULL);
    assert_false(part.complete);
    explore(&rest, program, "", "kept", NULL);
    assert_same(&rest, &whole);
    explored_free(&rest);
    assert_int_equal(stat("kept", &stat_before), 0);
    explore(&rest, program, "", "kept", NULL);
    assert_same(&rest, &whole);
    assert_int_equal(stat("kept", &stat_after), 0);
    assert_int_equal(stat_before.st_size, stat_after.st_size);
    explored_free(&rest);
    explored_free(&part);
    explored_free(&whole);
}

/* All is in the file, so it does not grow. */
static void assert_nothing_is_left(const char *const *program)
{
    struct explored again;
    struct stat before, after;

    assert_int_equal(stat("kept", &before), 0);
    explore(&again, program, "", "kept", NULL);
    assert_true(again.complete);
    explored_free(&again);
    assert_int_equal(stat("kept", &after), 0);
    assert_int_equal(before.st_size, after.st_size);
}

/* As a process leaves it that was killed while it wrote. */
TEST(a_file_that_ends_within_a_part_lacks_only_that)
{
    static const char *const program[] = {"slots", "2", "2", "1", NULL};
    struct explored whole, rest;
    struct stat stat_now;

    explore(&whole, program, "shard=1/1", "kept", NULL);
    assert_int_equal(stat("kept", &stat_now), 0);
    for (off_t less = 1; less < stat_now.st_size; less = 3 * less + 7) {
        assert_int_equal(truncate("kept", stat_now.st_size - less), 0);
        explore(&rest, program, "", "kept", NULL);
        if (strstr(rest.result.out, "is damaged") == NULL)
            assert_same(&rest, &whole);
        explored_free(&rest);
    }
    unlink("kept");
    explore(&rest, program, "shard=1/1", "kept", NULL);
    explored_free(&rest);
    assert_int_equal(truncate("kept", stat_now.st_size - 1000), 0);
    explore(&rest, program, "", "kept", NULL);
    explored_free(&rest);
    assert_nothing_is_left(program);
    explored_free(&whole);
}

/* Whatever a disk leaves behind what was written whole: it is not followed. */
TEST(what_says_to_be_longer_than_its_file_is_no_part)
{
    static const char *const program[] = {"slots", "2", "2", "1", NULL};
    static const size_t longer = SIZE_MAX / 2;
    struct explored whole, rest;
    FILE *file;

    explore(&whole, program, "shard=1/1", "kept", NULL);
    file = fopen("kept", "ab");
    assert_non_null(file);
    assert_int_equal(fwrite(&longer, sizeof longer, 1, file), 1);
    fclose(file);
    explore(&rest, program, "", "kept", NULL);
    assert_same(&rest, &whole);
    explored_free(&rest);
    explored_free(&whole);
}

static void assert_refused(const char *const *program, const char *options, const char *keep,
                           const char *merge, const char *text)
{
    struct explored refused;

    explore(&refused, program, options, keep, merge);
    assert_int_equal(refused.result.returncode, 2);
    if (strstr(refused.result.out, text) == NULL)
        fail_msg("no \"%s\" in %s", text, refused.result.out);
    explored_free(&refused);
}

/* The same code at the same addresses, and yet not the same file. */
static void build_another(void)
{
    char path[4096], command[8300];

    explored_path("slots", path, sizeof path);
    snprintf(command, sizeof command, "cp '%s' slots && echo >>slots", path);
    assert_int_equal(system(command), 0);
}

TEST(what_is_not_of_this_exploration_is_refused)
{
    static const char *const program[] = {"slots", "1", "1", "1", NULL};
    struct explored part;

    explore(&part, program, "", "kept", NULL);
    explored_free(&part);
    assert_refused(program, "spurious=0", "kept", NULL, "other options");
    assert_refused(program, "bound=1", "kept", NULL, "other options");
    assert_refused(PROGRAM("slots", "1", "1", "2"), "", "kept", NULL, "other arguments");
    assert_refused(PROGRAM("slots", "1", "1"), "", "kept", NULL, "other arguments");
    assert_refused(PROGRAM("counters", "1", "1", "1"), "", "kept", NULL, "another build");
    build_another();
    assert_refused(PROGRAM("./slots", "1", "1", "1"), "", "kept", NULL, "another build");
    assert_refused(program, "", NULL, "nowhere\n", "cannot be read");
    assert_refused(program, "", "no/folder", NULL, "cannot be written");
    put_file("kept", "something else\n");
    assert_refused(program, "", "kept", NULL, "holds no parts");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
