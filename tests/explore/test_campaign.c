/*
 * Random programs with every construct that the oracle knows: the explorer's
 * outcomes are the oracle's, and where there are few runs, without reduction as
 * well.
 *
 *     test_campaign FROM TO
 *
 * tries the programs of these seeds and counts: how many, with what in them; and
 *
 *     test_campaign -- SCRIPT SCRIPT...
 *
 * this one. Without arguments it is a test of a few.
 */
#include "random_program.h"

enum { CONSTRUCTS_MOST = 96, TESTED = 150 };

struct campaign {
    long compared, partly, late, too_large, enumerated, runs, states, disagreements;
    const char *constructs[CONSTRUCTS_MOST];
    long programs[CONSTRUCTS_MOST];
    size_t construct_count;
};

/* Counting ------------------------------------------------------------------------- */

static void count_once(struct campaign *campaign, const char *construct, bool counted[])
{
    size_t i = 0;

    if (construct == NULL)
        return;
    while (i < campaign->construct_count && strcmp(campaign->constructs[i], construct) != 0)
        i++;
    if (i == campaign->construct_count) {
        assert_true(i < CONSTRUCTS_MOST);
        campaign->constructs[campaign->construct_count++] = construct;
    }
    campaign->programs[i] += !counted[i];
    counted[i] = true;
}

static void count_constructs(struct campaign *campaign, const struct program *program)
{
    bool counted[CONSTRUCTS_MOST] = {false};

    for (size_t t = 0; t < program->threads; t++) {
        const char *word = program->scripts[t];

        if (*word == '&' || *word == '_')
            count_once(campaign, program_construct(word++), counted);
        for (; *word != '\0'; word += strcspn(word, " "), word += *word == ' ')
            count_once(campaign, program_construct(word), counted);
    }
}

static void print_campaign(const struct campaign *campaign)
{
    printf("%ld programs compared, %ld of them without reduction too; %ld with the runs that "
           "there was time for; %ld not finished; %ld too large for the oracle\n",
           campaign->compared, campaign->enumerated, campaign->partly, campaign->late,
           campaign->too_large);
    printf("%ld runs, %ld states of the oracle\n", campaign->runs, campaign->states);
    for (size_t i = 0; i < campaign->construct_count; i++)
        printf("%7ld with %s\n", campaign->programs[i], campaign->constructs[i]);
    printf("%ld disagreements\n", campaign->disagreements);
}

/* Comparing ------------------------------------------------------------------------- */

static bool has(const struct model_outcomes *outcomes, const char *text)
{
    for (size_t i = 0; i < outcomes->count; i++)
        if (strcmp(outcomes->list[i], text) == 0)
            return true;
    return false;
}

static bool are_among(const struct model_outcomes *some, const struct model_outcomes *all)
{
    for (size_t i = 0; i < some->count; i++)
        if (!has(all, some->list[i]))
            return false;
    return true;
}

static void print_rest(const char *who, const struct model_outcomes *outcomes,
                       const struct model_outcomes *others)
{
    print_error("%s:\n", who);
    for (size_t i = 0; i < outcomes->count; i++)
        if (!has(others, outcomes->list[i]))
            print_error("    %s\n", outcomes->list[i]);
}

static void print_disagreement(const struct program *program, uint64_t seed, const char *options,
                               const struct model_outcomes *model, const struct explored *explored)
{
    print_error("disagreement, seed %llu, %s: ", (unsigned long long)seed, options);
    program_print(program);
    print_rest("the oracle alone", model, &explored->outcomes);
    print_rest("the explorer alone", &explored->outcomes, model);
}

/* Why it was not explored to the end, if not for the runs that it may take. */
static void print_reason(const struct program *program, uint64_t seed, const char *json)
{
    const char *stopped = strstr(json, "\"stopped\""), *fault = strstr(json, "\"fault\"");

    if (stopped == NULL || fault == NULL || strstr(json, "\"stopped\": \"runs\"") != NULL)
        return;
    print_error("not to the end, seed %llu: %.*s %.*s ", (unsigned long long)seed,
                (int)strcspn(stopped, ","), stopped, (int)strcspn(fault, "\n"), fault);
    program_print(program);
}

enum end { LATE, PARTLY, TO_THE_END };

/* How far it was explored. On a busy machine a program may take too long, which says
 * nothing: it is counted, and the next one comes. */
static enum end compare(struct campaign *campaign, const struct program *program, uint64_t seed,
                        const struct model_outcomes *model, const char *options)
{
    struct explored explored;
    bool complete;

    if (!program_explore(program, options, &explored)) {
        print_error("not finished, seed %llu, %s: ", (unsigned long long)seed, options);
        program_print(program);
        explored_free(&explored);
        return LATE;
    }
    complete = explored.complete;
    campaign->runs += explored.runs;
    if (!complete)
        print_reason(program, seed, explored.result.out);
    if (complete ? !outcomes_same(&explored.outcomes, model)
                 : !are_among(&explored.outcomes, model)) {
        campaign->disagreements++;
        print_disagreement(program, seed, options, model, &explored);
    }
    explored_free(&explored);
    return complete ? TO_THE_END : PARTLY;
}

static void try_program(struct campaign *campaign, const struct program *program, uint64_t seed)
{
    struct model_outcomes model;

    if (!program_model(program, &model)) {
        campaign->too_large++;
        return;
    }
    campaign->states += (long)model.states;
    switch (compare(campaign, program, seed, &model, "runs=4000")) {
    case TO_THE_END:
        campaign->compared++;
        count_constructs(campaign, program);
        if (seed % 4 == 0)
            campaign->enumerated +=
                compare(campaign, program, seed, &model, "reduce=nothing runs=400") == TO_THE_END;
        break;
    case PARTLY:
        campaign->partly++;
        break;
    case LATE:
        campaign->late++;
        break;
    }
    model_free(&model);
}

static void try_seed(struct campaign *campaign, uint64_t seed)
{
    struct program program;

    random_start(seed * UINT64_C(0x9e3779b97f4a7c15) + 1);
    program_make(&program);
    try_program(campaign, &program, seed);
}

TEST(explorer_and_oracle_agree)
{
    struct campaign campaign = {0};

    for (uint64_t seed = 1; seed <= TESTED; seed++)
        try_seed(&campaign, seed);
    print_campaign(&campaign);
    assert_int_equal(campaign.disagreements, 0);
    assert_true(campaign.compared > TESTED / 2);
}

/* A program that was found, or is made smaller by hand. */
static int try_arguments(int count, char **scripts)
{
    struct campaign campaign = {0};
    struct program program = {.threads = (size_t)count};

    assert_true(count <= MODEL_THREADS);
    for (int i = 0; i < count; i++)
        snprintf(program.scripts[i], SCRIPT_SIZE, "%s", scripts[i]);
    try_program(&campaign, &program, 0);
    print_campaign(&campaign);
    return campaign.disagreements > 0;
}

int main(int argc, char **argv)
{
    struct campaign campaign = {0};

    if (argc > 3 && strcmp(argv[1], "--") == 0)
        return try_arguments(argc - 2, argv + 2);
    if (argc < 3)
        return tests_run(NULL, NULL);
    for (uint64_t seed = strtoull(argv[1], NULL, 10); seed <= strtoull(argv[2], NULL, 10); seed++)
        try_seed(&campaign, seed);
    print_campaign(&campaign);
    return campaign.disagreements > 0;
}
