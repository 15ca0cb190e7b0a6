/*
 * A program explored part by part: by several processes, by shards whose files are
 * joined, and with breaks. Whoever does it, it is the same answer.
 */
#define _GNU_SOURCE
#include "explore_run.h"
#include "folder.h"

#include <fcntl.h>
#include <sys/stat.h>

#define explore explore_here /* the tests have a function of that name */
#include "explore/search/kept.h"
#undef explore

FIXTURE(folder_enter, folder_leave);

/* Of the corpus' kinds: atomics, a data race, locks and conditions, deadlocks, semaphores
 * and more, with more or fewer parts than a crown has. */
static const char *const *const programs[] = {
    ARGUMENTS("counters"),
    ARGUMENTS("racing-counter"),
    ARGUMENTS("one-slot"),
    ARGUMENTS("one-slot", "one"),
    ARGUMENTS("one-slot", "if"),
    ARGUMENTS("philosophers", "3"),
    ARGUMENTS("readers", "4"),
    ARGUMENTS("lastzero", "5"),
    ARGUMENTS("indexer", "12"),
    ARGUMENTS("peterson"),
    ARGUMENTS("message-passing"),
    ARGUMENTS("slots", "2", "2", "1"),
    ARGUMENTS("slots", "1", "2", "2"),
};
enum { PROGRAMS = sizeof programs / sizeof *programs };

/* `keep`, `merge`: files, or NULL. */
static void explore_kept(struct explored *explored, const char *const *program, const char *options,
                         const char *keep, const char *merge)
{
    unsetenv("EXPLORE_KEEP");
    unsetenv("EXPLORE_MERGE");
    if (keep != NULL)
        setenv("EXPLORE_KEEP", keep, 1);
    if (merge != NULL)
        setenv("EXPLORE_MERGE", merge, 1);
    explore(explored, options, program);
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

            explore(&whole, "by-steps", programs[i]);
            assert_true(whole.complete);
            for (unsigned k = 1; k <= shards; k++) {
                snprintf(options, sizeof options, "by-steps shard=%u/%u", k, shards);
                snprintf(file, sizeof file, "part-%zu-%u-%u", i, k, shards);
                explore_kept(&part, programs[i], options, file, NULL);
                runs += part.runs;
                assert_true(part.complete == (shards == 1));
                explored_free(&part);
                strcat(strcat(files, file), "\n");
            }
            assert_int_equal(runs, whole.runs); /* so nothing is left to be explored */
            explore_kept(&joined, programs[i], "by-steps", NULL, files);
            assert_same(&joined, &whole);
            explored_free(&joined);
            explored_free(&whole);
        }
}

/* Each graph once, whoever builds it: those of more parts than a crown has, and of fewer;
 * with deadlocks, mutexes that are tried, loops that wait. */
static const struct {
    const char *const *program;
    const char *options;
} models[] = {
    {ARGUMENTS("counters"), "model=rc11"},
    {ARGUMENTS("counters"), "model=sc"},
    {ARGUMENTS("counting", "4", "1"), "model=tso"},
    {ARGUMENTS("counting", "2", "3"), "model=rc11"},
    {ARGUMENTS("philosophers", "3"), "model=rc11"},
    {ARGUMENTS("lastzero", "5"), "model=rc11"},
    {ARGUMENTS("one-slot"), "model=rc11"},
    {ARGUMENTS("dekker"), "model=sc"},
    {ARGUMENTS("interpret", "t0 R0 u0 l1 u1", "l0 W0 u0 R1 l1 u1", "t0 W1 u0 R0"), "model=rc11"},
};
enum { MODELS = sizeof models / sizeof *models };

TEST(a_models_graphs_have_parts_too)
{
    for (size_t i = 0; i < MODELS; i++) {
        struct explored whole, part, joined, helped;
        char options[64], file[32], files[256] = "";

        explore_kept(&whole, models[i].program, models[i].options, NULL, NULL);
        for (unsigned k = 1; k <= 3; k++) {
            snprintf(options, sizeof options, "%s shard=%u/3", models[i].options, k);
            snprintf(file, sizeof file, "graphs-%zu-%u", i, k);
            explore_kept(&part, models[i].program, options, file, NULL);
            assert_true(part.runs <= whole.runs);
            explored_free(&part);
            strcat(strcat(files, file), "\n");
        }
        explore_kept(&joined, models[i].program, models[i].options, NULL, files);
        assert_same(&joined, &whole);
        snprintf(options, sizeof options, "%s jobs=3", models[i].options);
        explore_kept(&helped, models[i].program, options, NULL, NULL);
        assert_same(&helped, &whole);
        explored_free(&whole);
        explored_free(&joined);
        explored_free(&helped);
    }
}

TEST(what_was_kept_of_a_models_graphs_is_gone_on_with)
{
    struct explored whole, part, rest;
    struct stat before, after;

    explore_kept(&whole, ARGUMENTS("counters"), "model=rc11", NULL, NULL);
    explore_kept(&part, ARGUMENTS("counters"), "model=rc11 shard=2/3", "graphs", NULL);
    assert_false(part.complete);
    assert_true(part.runs < whole.runs);
    explore_kept(&rest, ARGUMENTS("counters"), "model=rc11", "graphs", NULL);
    assert_same(&rest, &whole);
    explored_free(&rest);
    assert_int_equal(stat("graphs", &before), 0);
    explore_kept(&rest, ARGUMENTS("counters"), "model=rc11", "graphs", NULL);
    assert_same(&rest, &whole);
    assert_int_equal(stat("graphs", &after), 0);
    assert_int_equal(before.st_size, after.st_size);
    explored_free(&rest);
    explore_kept(&rest, ARGUMENTS("counters"), "model=tso", "graphs", NULL);
    assert_int_equal(rest.result.returncode, 2);
    explored_free(&rest);
    explored_free(&part);
    explored_free(&whole);
}

TEST(any_number_of_processes_says_the_same_to_the_byte)
{
    for (size_t i = 0; i < PROGRAMS; i++) {
        struct explored alone, one, three;

        explore(&alone, "by-steps", programs[i]);
        explore(&one, "by-steps shard=1/1 jobs=1", programs[i]);
        explore(&three, "by-steps shard=1/1 jobs=3", programs[i]);
        assert_same(&one, &alone);
        explored_cut_seconds(&one);
        explored_cut_seconds(&three);
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

    explore(&alone, "by-steps", ARGUMENTS("counters"));
    explore(&helped, "by-steps jobs=2", ARGUMENTS("counters"));
    assert_same(&helped, &alone);
    explored_free(&alone);
    explored_free(&helped);
}

TEST(each_run_may_have_its_own_process_in_a_shard_too)
{
    struct explored whole, part;

    explore(&whole, "", ARGUMENTS("slots", "2", "2", "1"));
    explore(&part, "engine=fork shard=1/1 jobs=2", ARGUMENTS("slots", "2", "2", "1"));
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

    explore(&whole, "", program);
    explore_kept(&part, program, "shard=2/3", "kept", NULL);
    assert_false(part.complete);
    explore_kept(&rest, program, "", "kept", NULL);
    assert_same(&rest, &whole);
    explored_free(&rest);
    assert_int_equal(stat("kept", &stat_before), 0);
    explore_kept(&rest, program, "", "kept", NULL);
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
    explore_kept(&again, program, "", "kept", NULL);
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

    explore_kept(&whole, program, "shard=1/1", "kept", NULL);
    assert_int_equal(stat("kept", &stat_now), 0);
    for (off_t less = 1; less < stat_now.st_size; less = 3 * less + 7) {
        assert_int_equal(truncate("kept", stat_now.st_size - less), 0);
        explore_kept(&rest, program, "", "kept", NULL);
        if (strstr(rest.result.out, "is damaged") == NULL)
            assert_same(&rest, &whole);
        explored_free(&rest);
    }
    unlink("kept");
    explore_kept(&rest, program, "shard=1/1", "kept", NULL);
    explored_free(&rest);
    assert_int_equal(truncate("kept", stat_now.st_size - 1000), 0);
    explore_kept(&rest, program, "", "kept", NULL);
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

    explore_kept(&whole, program, "shard=1/1", "kept", NULL);
    file = fopen("kept", "ab");
    assert_non_null(file);
    assert_int_equal(fwrite(&longer, sizeof longer, 1, file), 1);
    fclose(file);
    explore_kept(&rest, program, "", "kept", NULL);
    assert_same(&rest, &whole);
    explored_free(&rest);
    explored_free(&whole);
}

/* The parts of the file, behind its head, and each without what came of it. */
static void take_outcomes_away(const char *path)
{
    struct kept_part part;
    char line[KEPT_WORDS * 2] = "";
    FILE *file = fopen(path, "r+b");
    unsigned crown, parts, sites;
    size_t size;

    assert_non_null(file);
    while (sscanf(line, "crown %u parts %u sites %u", &crown, &parts, &sites) != 3)
        assert_non_null(fgets(line, sizeof line, file));
    while (sites-- > 0)
        assert_non_null(fgets(line, sizeof line, file));
    while (fread(&size, sizeof size, 1, file) == 1) {
        long at = ftell(file);

        assert_int_equal(fread(&part, sizeof part, 1, file), 1);
        part.found.outcomes.count = 0;
        assert_int_equal(fseek(file, at, SEEK_SET), 0);
        assert_int_equal(fwrite(&part, sizeof part, 1, file), 1);
        assert_int_equal(fseek(file, at + (long)(size - sizeof size), SEEK_SET), 0);
    }
    fclose(file);
}

/* Every program ends in some way: so whoever has seen no end has not seen all. */
TEST(a_search_that_has_seen_no_run_come_to_an_end_proves_nothing)
{
    static const char *const program[] = {"slots", "1", "1", "1", NULL};
    struct explored whole, rest;

    explore_kept(&whole, program, "shard=1/1", "kept", NULL);
    assert_true(whole.complete);
    take_outcomes_away("kept");
    explore_kept(&rest, program, "", "kept", NULL);
    assert_int_equal(rest.outcomes.count, 0);
    assert_non_null(strstr(rest.result.out, "\"stopped\": \"\""));
    assert_non_null(strstr(rest.result.out, "no run came to an end"));
    assert_false(rest.complete);
    assert_int_equal(rest.result.returncode, 3);
    explored_free(&rest);
    explored_free(&whole);
}

/* ... but for a shard, whose parts may be none. */
TEST(a_shard_without_parts_is_not_doubted_for_that)
{
    static const char *const program[] = {"lastzero", "0", NULL};
    struct explored shard;

    explore(&shard, "shard=40/40", program);
    assert_int_equal(shard.outcomes.count, 0);
    assert_null(strstr(shard.result.out, "no run came to an end"));
    explored_free(&shard);
}

static void assert_refused(const char *const *program, const char *options, const char *keep,
                           const char *merge, const char *text)
{
    struct explored refused;

    explore_kept(&refused, program, options, keep, merge);
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

    explore_kept(&part, program, "", "kept", NULL);
    explored_free(&part);
    assert_refused(program, "spurious=0", "kept", NULL, "other options");
    assert_refused(program, "bound=1", "kept", NULL, "other options");
    assert_refused(ARGUMENTS("slots", "1", "1", "2"), "", "kept", NULL, "other arguments");
    assert_refused(ARGUMENTS("slots", "1", "1"), "", "kept", NULL, "other arguments");
    assert_refused(ARGUMENTS("counters", "1", "1", "1"), "", "kept", NULL, "another build");
    build_another();
    assert_refused(ARGUMENTS("./slots", "1", "1", "1"), "", "kept", NULL, "another build");
    assert_refused(program, "", NULL, "nowhere\n", "cannot be read");
    assert_refused(program, "", "no/folder", NULL, "cannot be written");
    put_file("kept", "something else\n");
    assert_refused(program, "", "kept", NULL, "holds no parts");
}

int main(void)
{
    return tests_run(NULL, NULL);
}
