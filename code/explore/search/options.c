#include "explore/search/options.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "explore/base/large.h"

enum { TEXT_SIZE = 1 << 16 };

LARGE static char copy[TEXT_SIZE];

/* The value of the word, when it is that name's. */
static const char *value_of(const char *word, const char *name)
{
    size_t length = strlen(name);

    return strncmp(word, name, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

static bool read_number(const char *text, unsigned long *number)
{
    char *end;

    *number = strtoul(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0';
}

static bool read_mode(struct options *options, const char *word)
{
    const char *value;

    if (strcmp(word, "json") == 0)
        options->json = true;
    else if (strcmp(word, "quiet") == 0)
        options->quiet = true;
    else if (strcmp(word, "graph") == 0)
        options->mode = MODE_GRAPH;
    else if (strcmp(word, "every-access") == 0)
        options->every_access = true;
    else if (strcmp(word, "by-states") == 0)
        options->by_states = true;
    else if (strcmp(word, "leaks") == 0)
        options->leaks = true;
    else if (strcmp(word, "by-steps") == 0)
        options->by_steps = true;
    else if ((value = value_of(word, "replay")) != NULL)
        options->mode = MODE_REPLAY, options->schedule = value;
    else if ((value = value_of(word, "trace")) != NULL)
        options->mode = MODE_TRACE, options->schedule = value;
    else if ((value = value_of(word, "program")) != NULL)
        options->program = value;
    else
        return false;
    return true;
}

static bool read_reduction(struct options *options, const char *value)
{
    static const char *const names[] = {"nothing", "sleep", "all"};

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(value, names[i]) == 0) {
            options->reduction = (enum reduction)i;
            return true;
        }
    return false;
}

static bool read_engine(struct options *options, const char *value)
{
    options->engine = strcmp(value, "fork") == 0 ? ENGINE_FORK : ENGINE_ONE;
    return strcmp(value, "fork") == 0 || strcmp(value, "one") == 0;
}

/* Names with commas between them. */
static bool read_failing(struct options *options, const char *value)
{
    static const struct {
        const char *name;
        uint32_t kind;
    } kinds[] = {{"malloc", FAILS_MALLOC}, {"thread", FAILS_THREAD}};
    size_t length;

    for (;; value += length + 1) {
        bool known = false;

        length = strcspn(value, ",");
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (length == strlen(kinds[i].name) && strncmp(value, kinds[i].name, length) == 0) {
                options->failing |= kinds[i].kind;
                known = true;
            }
        if (!known || value[length] == '\0')
            return known;
    }
}

/* "K/N" */
static bool read_shard(struct options *options, const char *value)
{
    char end;

    return sscanf(value, "%u/%u%c", &options->shard, &options->shards, &end) == 2 &&
           options->shard > 0 && options->shard <= options->shards;
}

static bool read_word(struct options *options, const char *word)
{
    const struct {
        const char *name;
        unsigned long *number;
    } numbers[] = {
        {"runs", &options->runs},   {"seconds", &options->seconds},
        {"steps", &options->steps}, {"spurious", &options->spurious},
        {"jobs", &options->jobs},   {"states", &options->states},
        {"marks", &options->marks},
    };
    unsigned long bound;
    const char *value;

    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if ((value = value_of(word, numbers[i].name)) != NULL) {
            if (numbers[i].number == &options->jobs)
                return read_number(value, &options->workers) && read_number(value, &options->jobs);
            return read_number(value, numbers[i].number);
        }
    if ((value = value_of(word, "bound")) != NULL) {
        bool good = read_number(value, &bound) && bound < 1000;

        options->bound = good ? (int)bound : -1;
        return good;
    }
    if ((value = value_of(word, "model")) != NULL)
        return (options->memory = memory_named(value)) != MEMORIES;
    if ((value = value_of(word, "failing")) != NULL)
        return read_failing(options, value);
    if ((value = value_of(word, "engine")) != NULL)
        return read_engine(options, value);
    if ((value = value_of(word, "shard")) != NULL)
        return read_shard(options, value);
    if ((value = value_of(word, "reduce")) != NULL)
        return read_reduction(options, value);
    return read_mode(options, word);
}

const char *options_read(struct options *options, const char *text)
{
    *options = (struct options){
        .steps = 5000,
        .spurious = 1,
        .bound = -1,
        .jobs = 4,
        .states = 20000,
        .reduction = REDUCE_ALL,
        .program = "",
        .keep = getenv("EXPLORE_KEEP"),
        .merge = getenv("EXPLORE_MERGE"),
    };
    if (text == NULL)
        return NULL;
    if (strlen(text) >= sizeof copy)
        return "too long";
    strcpy(copy, text);
    for (char *word = strtok(copy, " "); word != NULL; word = strtok(NULL, " "))
        if (!read_word(options, word))
            return word;
    if (options->steps == 0 || options->steps > STEPS_MOST)
        options->steps = STEPS_MOST;
    if (options->jobs == 0 || options->jobs > 64)
        options->jobs = options->workers = 1;
    return NULL;
}

bool options_in_parts(const struct options *options)
{
    return options->keep != NULL || options->merge != NULL || options->shards > 0;
}

void options_plan(const struct options *options, struct plan *plan)
{
    plan->step_limit = (uint32_t)options->steps;
    plan->spurious = (uint32_t)options->spurious;
    plan->failing = options->failing;
}
