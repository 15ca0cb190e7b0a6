/*
 * Small programs whose outcomes are known, each by an argument that stands in
 * its first comment: tests/explore/corpus/NAME.c, or NAME.cc in C++. Whoever adds a
 * call to the explorer, or finds a wrong verdict, adds one. corpus_claim.h has the
 * notation.
 *
 * Each is compiled by gcc and by clang. Opinions must agree:
 *
 * - the search; the same with a process for each run, which must say the same, word
 *   by word; the same part by part, by two processes, in as many runs; and by states,
 *   where that ends within BRUTE_MOST runs;
 * - the enumeration of every order without reduction, where that ends within as many;
 * - the search by graphs under each memory model, where that ends within as many and
 *   the plain list is complete:
 *   then all atomics are seq_cst, or do not race;
 * - the states of a machine with store buffers, where it is explored under TSO;
 * - another explorer, which shares nothing with ours and tries all there is (toy.c),
 *   where it has what the program calls;
 * - the machine, on which nothing may be seen that is not in the list (native.c runs
 *   the program NATIVE_RUNS times, with delays). The machine alone, as often as one
 *   likes:
 *
 *     NATIVE_RUNS=10000 test_corpus --native [NAME]...
 *
 * And the first of all opinions alone, which takes a blink, up to the first program
 * of which it is wrong:
 *
 *     test_corpus --claims [NAME]...
 */
#include "corpus_claim.h"
#include "explore_run.h"

#include <dirent.h>
#include <signal.h>
#include <sys/wait.h>

#include "heddle/base/json.h"

enum {
    TESTS_MOST = 16384,
    BRUTE_MOST = 1500,   /* runs */
    TOY_MOST = 300000,   /* runs */
    LONGEST_MS = 600000, /* guards against hanging; no judgement */
    OPINION_MS = 60000,  /* whoever takes longer has none */
    NO_OPINION = 3,      /* as toy.c's status */
    LEAST_PERCENT = 40   /* of the programs that another opinion must have judged */
};

#define NATIVE_RUNS "200" /* unless the variable NATIVE_RUNS says otherwise */

/* What exploring says -------------------------------------------------------------- */

struct found {
    struct list outcomes, races;
    const char *text;
    bool complete, by_graphs, is_weak; /* is_weak: the models differ, and may */
    long status, runs, forked;
};

static void take_outcome(struct found *found, const struct json *outcome)
{
    const char *ending = json_text(json_get(outcome, "ending")).ptr;
    const char *printed = json_text(json_get(outcome, "stdout")).ptr;
    struct buf text = {0};

    buf_adds(&text, ending);
    if (strcmp(ending, "exit") == 0 || strcmp(ending, "signal") == 0)
        buf_addf(&text, " %ld", json_integer(json_get(outcome, "status")));
    buf_addf(&text, "|%s", printed);
    list_add(&found->outcomes, buf_span(&text));
    buf_free(&text);
}

/* ... of a state graph. */
static void take_end(struct found *found, const struct json *outcome)
{
    struct buf text = {0};

    buf_addf(&text, "%s %ld|%s", json_text(json_get(outcome, "end")).ptr,
             json_integer(json_get(outcome, "status")), json_text(json_get(outcome, "text")).ptr);
    list_add(&found->outcomes, buf_span(&text));
    buf_free(&text);
}

static int ask(const char *program, const char *words, const char *options,
               struct process_result *result)
{
    const char *argv[] = {program, NULL};
    char variable[512];

    snprintf(variable, sizeof variable, "EXPLORE=%s %s", words, options);
    return process_run(argv,
                       &(const struct process_options){
                           .capture_output = true,
                           .env_changes = (const char *const[]){variable, NULL},
                           .timeout_ms = LONGEST_MS,
                       },
                       result);
}

static void find(struct found *found, const char *program, const char *options)
{
    struct process_result result = {0};
    const struct json *json;
    struct span rest;

    assert_int_equal(ask(program, "json", options, &result), 0);
    *found = (struct found){.status = result.returncode, .text = corpus_copy(span_of(result.out))};
    rest = span_of(found->text);
    json = json_read(&corpus_arena, &rest);
    if (json == NULL)
        fail_msg("%s says no JSON: %s%s", program, result.out, result.err);
    found->complete = json_is_true(json_get(json, "complete"));
    found->is_weak = json_get(json, "weak")->kind == JSON_OBJECT;
    found->by_graphs = json_text(json_get(json, "unfollowed")).len == 0 &&
                       !span_is(json_text(json_get(json, "stopped")), "refused");
    found->runs = json_integer(json_get(json, "runs"));
    found->forked = json_integer(json_get(json, "forked"));
    for (const struct json *o = json_get(json, "outcomes")->first; o != NULL; o = o->next)
        take_outcome(found, o);
    for (const struct json *r = json_get(json, "races")->first; r != NULL; r = r->next)
        if (!list_has(&found->races, json_text(json_get(r, "object")).ptr))
            list_add(&found->races, json_text(json_get(r, "object")));
    process_result_destroy(&result);
}

static void check_same(const char *what, const struct list *claimed, const struct found *found,
                       const struct list *list)
{
    for (size_t i = 0; i < claimed->count; i++)
        if (!list_has(list, claimed->text[i]))
            fail_msg("no %s \"%s\" in %s", what, claimed->text[i], found->text);
    for (size_t i = 0; i < list->count; i++)
        if (!list_has(claimed, list->text[i]))
            fail_msg("the %s \"%s\" is not claimed: %s", what, list->text[i], found->text);
}

static void check(const struct claim *claim, const struct found *found)
{
    for (size_t i = 0; i < claim->says.count; i++)
        if (strstr(found->text, claim->says.text[i]) == NULL)
            fail_msg("no \"%s\" in %s", claim->says.text[i], found->text);
    for (size_t i = 0; i < claim->never_says.count; i++)
        if (strstr(found->text, claim->never_says.text[i]) != NULL)
            fail_msg("\"%s\" is in %s", claim->never_says.text[i], found->text);
    check_same("outcome", &claim->outcomes, found, &found->outcomes);
    check_same("race", &claim->races, found, &found->races);
    if (found->status != claim_status(claim))
        fail_msg("status %ld, not %ld: %s", found->status, claim_status(claim), found->text);
}

/* The opinions --------------------------------------------------------------------- */

struct program {
    const char *name, *compiler; /* "gcc", "clang", "native" or "toy" */
};

static struct counts {
    size_t by_brute, by_parts, by_states, by_machine, by_toy, known_to_toy, misuse;
    size_t explored, in_one; /* in_one: process, all runs */
    size_t seen_complete, by_model[3];
} counts;

static const char *const models[] = {"sc", "tso", "rc11"};

static const char *too_large;     /* the last program with more than BRUTE_MOST orders */
static const char *last_by_brute; /* the last one with fewer: some have two builds */

static const char *path_of(const struct program *program)
{
    static char path[4096];
    char *end;

    explored_path("", path, sizeof path);
    end = strstr(path, "explored/");
    snprintf(end, sizeof path - (size_t)(end - path), "corpus/%s/%s", program->compiler,
             program->name);
    return path;
}

/* But for how it was had. */
static void check_same_text(const struct found *a, const struct found *b)
{
    const char *how = strstr(a->text, "\"forked\""), *how_b = strstr(b->text, "\"forked\"");
    size_t size;

    assert_non_null(how);
    assert_non_null(how_b);
    size = (size_t)(how - a->text);
    if (size != (size_t)(how_b - b->text) || memcmp(a->text, b->text, size) != 0 ||
        strcmp(strchr(how, '\n'), strchr(how_b, '\n')) != 0)
        fail_msg("with a process for each run: %s, not %s", b->text, a->text);
}

/* Has it judged? */
static bool check_by_graphs(const struct claim *claim, const char *path, const char *model,
                            const struct found *found)
{
    struct found other;
    char options[512];

    snprintf(options, sizeof options, "model=%s runs=%d %s", model, BRUTE_MOST, claim->options);
    find(&other, path, options);
    if (!other.by_graphs || !other.complete)
        return false;
    check_same("outcome by graphs", &found->outcomes, &other, &other.outcomes);
    return true;
}

static void check_models(const struct claim *claim, const struct program *program,
                         const struct found *found)
{
    if (strcmp(program->compiler, "gcc") != 0 || claim->models != NULL || claim_has_misuse(claim) ||
        found->races.count > 0 || found->is_weak)
        return;
    counts.seen_complete++;
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        counts.by_model[i] += check_by_graphs(claim, path_of(program), models[i], found);
}

/* Of one build: it is the search that is judged. What is explored as graphs has no parts. */
static void check_parts(const struct program *program, const struct claim *claim,
                        const struct found *whole)
{
    struct found parts;
    char options[512];

    if (strcmp(program->compiler, "gcc") != 0 || strstr(claim->options, "model=") != NULL)
        return;
    snprintf(options, sizeof options, "shard=1/1 jobs=2 %s", claim->options);
    find(&parts, path_of(program), options);
    if (strstr(parts.text, "\"unfollowed\": \"is explored in parts") != NULL)
        return;
    counts.by_parts++;
    check_same("outcome in parts", &whole->outcomes, &parts, &parts.outcomes);
    check_same("race in parts", &whole->races, &parts, &parts.races);
    if (parts.status != whole->status || parts.runs != whole->runs)
        fail_msg("in parts: %s\nnot: %s", parts.text, whole->text);
}

/* What is judged as a graph of events under TSO, a machine with store buffers does as
 * well: its states end in the same outcomes. */
static void check_buffers(const struct program *program, const struct claim *claim,
                          const struct found *whole)
{
    struct process_result result = {0};
    struct found states = {0};
    const struct json *json;
    struct span rest;

    if (strcmp(program->compiler, "gcc") != 0 || strstr(claim->options, "model=tso") == NULL)
        return;
    assert_int_equal(ask(path_of(program), "graph", claim->options, &result), 0);
    states.text = corpus_copy(span_of(result.out));
    rest = span_of(states.text);
    json = json_read(&corpus_arena, &rest);
    if (json_get(json, "outcomes")->kind != JSON_ARRAY)
        fail_msg("no state graph: %s%s", result.out, result.err);
    for (const struct json *o = json_get(json, "outcomes")->first; o != NULL; o = o->next)
        take_end(&states, o);
    check_same("outcome with buffers", &whole->outcomes, &states, &states.outcomes);
    process_result_destroy(&result);
}

/* What has weak orders is explored as graphs; step by step other code knows them. */
static void check_steps(const struct program *program, const struct claim *claim,
                        const struct found *whole)
{
    struct found steps;
    char options[512];

    if (claim->steps == NULL)
        return;
    snprintf(options, sizeof options, "by-steps %s", claim->options);
    find(&steps, path_of(program), options);
    check_same("outcome by steps", &whole->outcomes, &steps, &steps.outcomes);
    check_same("race by steps", &whole->races, &steps, &steps.races);
}

/* ... and of the states, which are compared as numbers: not one may look like another. */
static void check_states(const struct program *program, const struct claim *claim,
                         const struct found *whole)
{
    struct found states;
    char options[512];

    if (strcmp(program->compiler, "gcc") != 0 || strstr(claim->options, "failing=") != NULL ||
        strstr(claim->options, "bound=") != NULL ||
        strcmp(program->name, "name-of-the-unwinder") == 0)
        return;
    snprintf(options, sizeof options, "by-states runs=%d %s", BRUTE_MOST, claim->options);
    find(&states, path_of(program), options);
    if (strstr(states.text, "\"stopped\": \"\"") == NULL)
        return;
    counts.by_states++;
    check_same("outcome by states", &whole->outcomes, &states, &states.outcomes);
    check_same("race by states", &whole->races, &states, &states.races);
    if (states.complete)
        fail_msg("by states nothing is proven: %s", states.text);
}

static bool has_claim_for(struct claim *claim, const struct program *program)
{
    claim_read(claim, program->name);
    return claim->compiler == NULL || strcmp(claim->compiler, program->compiler) == 0;
}

static void search_finds_what_is_claimed_at_once(void **state)
{
    static bool is_failing;
    struct claim claim;
    struct found found;

    if (is_failing || !has_claim_for(&claim, *state))
        return;
    is_failing = true;
    find(&found, path_of(*state), claim.options);
    check(&claim, &found);
    is_failing = false;
}

static void search_finds_what_is_claimed(void **state)
{
    const struct program *program = *state;
    struct claim claim;
    struct found found, again, brute;
    char options[512];

    if (!has_claim_for(&claim, program))
        return;
    find(&found, path_of(*state), claim.options);
    check(&claim, &found);
    check_steps(program, &claim, &found);
    snprintf(options, sizeof options, "engine=fork jobs=1 %s", claim.options);
    find(&again, path_of(*state), options);
    counts.explored++;
    counts.in_one += found.forked == 0;
    if (found.forked == 0 || found.complete)
        check_same_text(&found, &again);
    if (found.forked == 0) {
        snprintf(options, sizeof options, "engine=one jobs=1 marks=1 %s", claim.options);
        find(&again, path_of(*state), options); /* each run begins where the last one branched */
        check_same_text(&found, &again);
    }
    if (!found.complete)
        return;
    check_models(&claim, *state, &found);
    check_parts(program, &claim, &found);
    check_states(program, &claim, &found);
    check_buffers(program, &claim, &found);
    if (too_large != NULL && strcmp(too_large, program->name) == 0)
        return; /* so it was when the other compiler had built it */
    snprintf(options, sizeof options, "reduce=nothing runs=%d %s", BRUTE_MOST, claim.options);
    find(&brute, path_of(*state), options);
    if (!brute.complete) {
        too_large = program->name;
        return;
    }
    if (last_by_brute == NULL || strcmp(last_by_brute, program->name) != 0)
        counts.by_brute++;
    last_by_brute = program->name;
    check_same("outcome without reduction", &found.outcomes, &brute, &brute.outcomes);
}

static bool only_native, only_claims;

/* What native.c and toy.c print: each outcome, a NUL behind it. */
static int read_outcomes(const struct program *program, const char *number, struct list *list)
{
    const char *argv[] = {path_of(program), number, NULL};
    struct process_result result = {0};
    char variable[64];
    int status;

    snprintf(variable, sizeof variable, "NATIVE_RUNS=%s", number);
    status = process_run(argv,
                         &(const struct process_options){
                             .capture_output = true,
                             .env_changes = (const char *const[]){variable, NULL},
                             .timeout_ms = only_native ? LONGEST_MS : OPINION_MS,
                         },
                         &result);
    if (status != 0) { /* it has no opinion */
        process_result_destroy(&result);
        return NO_OPINION;
    }
    for (const char *at = result.out; at < result.out + result.out_size; at += strlen(at) + 1)
        list_add(list, span_of(at));
    status = result.returncode;
    process_result_destroy(&result);
    return status;
}

static void machine_shows_nothing_else(void **state)
{
    const struct program *program = *state;
    const char *runs = getenv("NATIVE_RUNS");
    struct list seen = {0};
    struct claim claim;
    int status;

    claim_read(&claim, program->name);
    counts.misuse += claim_has_misuse(&claim);
    if (claim.native != NULL || claim_can_wait(&claim))
        return;
    status = read_outcomes(program, runs != NULL ? runs : NATIVE_RUNS, &seen);
    if (status == NO_OPINION)
        return;
    counts.by_machine++;
    assert_int_equal(status, 0);
    for (size_t i = 0; i < seen.count; i++)
        if (!list_has(&claim.outcomes, seen.text[i]))
            fail_msg("the machine shows \"%s\", which is not claimed", seen.text[i]);
}

static void another_explorer_finds_the_same(void **state)
{
    const struct program *program = *state;
    struct list found = {0};
    struct claim claim;
    char most[16];
    int status;

    claim_read(&claim, program->name);
    counts.known_to_toy += !claim_has_misuse(&claim) && claim.toy == NULL;
    if (*claim.options != '\0' || claim_has_misuse(&claim) || claim.toy != NULL)
        return;
    snprintf(most, sizeof most, "%d", TOY_MOST);
    status = read_outcomes(program, most, &found);
    if (status == 3 || status == -SIGXCPU ||
        status == -SIGKILL) /* too many runs, or endless ones */
        return;
    assert_int_equal(status, 0);
    counts.by_toy++;
    check_same("outcome", &claim.outcomes, &(const struct found){.text = "toy.c's list"}, &found);
}

/* All of them ---------------------------------------------------------------------- */

struct suite {
    struct CMUnitTest tests[TESTS_MOST];
    size_t count;
};

static struct suite explored, others; /* others: what the machine and toy.c say */
static size_t program_count;

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct CMUnitTest *)a)->name, ((const struct CMUnitTest *)b)->name);
}

static void add_program(struct suite *suite, struct span name, const char *compiler,
                        CMUnitTestFunction function)
{
    struct program *program = arena_alloc(&corpus_arena, sizeof *program);
    struct buf title = {0};

    if (suite->count == TESTS_MOST) {
        fputs("more programs than TESTS_MOST\n", stderr);
        exit(1);
    }
    *program = (struct program){corpus_copy(name), compiler};
    if (access(path_of(program), X_OK) != 0)
        return;
    buf_addf(&title, "%s, %s", program->name, compiler);
    suite->tests[suite->count++] = (struct CMUnitTest){
        .name = corpus_copy(buf_span(&title)),
        .test_func = function,
        .initial_state = program,
    };
    buf_free(&title);
}

/* All, when none is named. */
static bool is_asked_for(struct span name, char **names)
{
    for (char **asked = names; *asked != NULL; asked++)
        if (span_is(name, *asked))
            return true;
    return *names == NULL;
}

static void add_programs(char **names)
{
    DIR *dir = opendir("tests/explore/corpus");
    const struct dirent *entry;

    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        struct span name = span_of(entry->d_name);

        if ((!span_ends(name, ".c") && !span_ends(name, ".cc")) || name.ptr[0] == '.')
            continue;
        name.len -= span_ends(name, ".c") ? 2 : 3;
        if (!is_asked_for(name, names))
            continue;
        program_count++;
        if (only_claims) {
            add_program(&explored, name, "gcc", search_finds_what_is_claimed_at_once);
            add_program(&explored, name, "clang", search_finds_what_is_claimed_at_once);
            continue;
        }
        add_program(&others, name, "native", machine_shows_nothing_else);
        if (only_native)
            continue;
        add_program(&explored, name, "gcc", search_finds_what_is_claimed);
        add_program(&explored, name, "clang", search_finds_what_is_claimed);
        add_program(&others, name, "toy", another_explorer_finds_the_same);
    }
    if (dir != NULL)
        closedir(dir);
}

/* How many failed. */
static int run_suite(struct suite *suite, const char *name)
{
    if (suite->count == 0)
        return 0;
    qsort(suite->tests, suite->count, sizeof *suite->tests, by_name);
    return _cmocka_run_group_tests(name, suite->tests, suite->count, NULL, NULL);
}

static void print_all(FILE *from)
{
    char text[4096];
    size_t size;

    rewind(from);
    while ((size = fread(text, 1, sizeof text, from)) > 0)
        fwrite(text, 1, size, stdout);
}

static _Noreturn void ask_others(FILE *said, int to)
{
    int failed;

    dup2(fileno(said), STDOUT_FILENO);
    dup2(fileno(said), STDERR_FILENO);
    failed = run_suite(&others, "others");
    fflush(stdout);
    _exit(failed != 0 || write(to, &counts, sizeof counts) != sizeof counts);
}

static bool take_counts(int from)
{
    struct counts theirs;

    if (read(from, &theirs, sizeof theirs) != sizeof theirs)
        return false;
    counts.by_machine = theirs.by_machine;
    counts.by_toy = theirs.by_toy;
    counts.known_to_toy = theirs.known_to_toy;
    counts.misuse = theirs.misuse;
    return true;
}

/* The machine mostly waits, and toy.c has one thread: they are asked meanwhile, in
 * a process of their own, and what it says comes last. */
static bool run_suites(void)
{
    FILE *said = tmpfile();
    int ends[2], failed, status = 0;
    pid_t pid;

    if (said == NULL || pipe(ends) != 0 || (pid = fork()) < 0)
        return false;
    if (pid == 0)
        ask_others(said, ends[1]);
    close(ends[1]);
    failed = run_suite(&explored, "explored");
    waitpid(pid, &status, 0);
    print_all(said);
    fclose(said);
    return failed == 0 && status == 0 && take_counts(ends[0]);
}

/* An opinion that is silent about most programs is none, nor is one that nothing was
 * asked of. Of what is undefined there are but two, and toy.c has one of what it knows:
 * threads and locks. */
static bool is_judged_enough(void)
{
    const size_t defined = program_count - counts.misuse;
    const struct {
        const char *by;
        size_t judged, of;
    } opinions[] = {
        {"without reduction", counts.by_brute, defined},
        {"in parts", counts.by_parts, defined},
        {"by states", counts.by_states, defined},
        {"on the machine", counts.by_machine, defined},
        {"by toy.c", counts.by_toy, counts.known_to_toy},
        {"in one process (builds)", counts.in_one, counts.explored},
        {"by graphs, sc", counts.by_model[0], counts.seen_complete},
        {"by graphs, tso", counts.by_model[1], counts.seen_complete},
        {"by graphs, rc11", counts.by_model[2], counts.seen_complete},
    };
    bool enough = true;

    printf("%zu programs, judged\n", program_count);
    for (size_t i = 0; i < sizeof opinions / sizeof *opinions; i++) {
        size_t judged = opinions[i].judged, of = opinions[i].of;
        bool good = judged > 0 && judged * 100 >= of * LEAST_PERCENT;

        printf("    %zu of %zu %s%s\n", judged, of, opinions[i].by, good ? "" : ": TOO FEW");
        enough = enough && good;
    }
    return enough;
}

/* As they come: it may take hours. */
static int ask_the_machine(void)
{
    int failed = run_suite(&others, "native");

    printf("%zu programs of %zu on the machine\n", counts.by_machine, program_count);
    return failed != 0;
}

/* test_corpus [--native | --claims] [NAME]... */
int main(int argc, char **argv)
{
    bool passed;

    only_native = argc > 1 && strcmp(argv[1], "--native") == 0;
    only_claims = argc > 1 && strcmp(argv[1], "--claims") == 0;
    add_programs(argv + 1 + (only_native || only_claims));
    if (explored.count + others.count == 0)
        return 1;
    if (only_native)
        return ask_the_machine();
    if (only_claims)
        return run_suite(&explored, "claims") != 0;
    passed = run_suites();
    return !passed || (argc == 1 && !is_judged_enough());
}
