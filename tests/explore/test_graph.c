#define _GNU_SOURCE /* strsep */
/*
 * The search through execution graphs, and the memory models, over the litmus
 * language: no program runs here (test_litmus does that).
 *
 * Two opinions: the table of tests/explore/litmus, which another tool made; and
 * an enumeration that shares the predicates, and nothing of the search: it adds
 * the threads' events in any order, remembers every graph, and never revisits.
 */
#include "check.h"

#include "graph_search.h"

enum { LINES_MOST = 1024, LINE = 4096 };

/* The enumeration ------------------------------------------------------------- */

static void enumerate(struct found *found, const struct graph *graph);

/* The event has been added: with its write, if it is half of an update, or at any of
 * its places in co. */
static void settle(struct found *found, struct graph *graph, int event, const struct label *label)
{
    unsigned thread = graph->events[event].thread;
    struct graph *copy = malloc(sizeof *copy);

    assert_non_null(copy);
    if (graph->events[event].kind == EVENT_READ && graph_writes(graph, event)) {
        struct label result = *label;
        int write;

        result.operand = label_result(label, graph_read_value(graph, event));
        result.condition = CONDITION_NONE;
        result.awaits = result.lock = false;
        write = graph_add(graph, thread, EVENT_WRITE, &result);
        graph_put(graph, write, graph->events[event].rf);
        event = NO_EVENT;
    }
    for (int after = event != NO_EVENT && graph->events[event].kind == EVENT_WRITE
                         ? graph->initial[label->location]
                         : NO_EVENT;
         after != NO_EVENT; after = graph->events[after].next) {
        graph_copy(copy, graph);
        graph_put(copy, event, after);
        if (graph_is_consistent(copy, found->memory))
            enumerate(found, copy);
    }
    if ((event == NO_EVENT || graph->events[event].kind != EVENT_WRITE) &&
        graph_is_consistent(graph, found->memory))
        enumerate(found, graph);
    free(copy);
}

static void extend(struct found *found, const struct graph *graph, unsigned thread,
                   const struct label *label)
{
    bool reads = label->kind == LABEL_READ || label->kind == LABEL_UPDATE;
    struct graph *copy = malloc(sizeof *copy);

    assert_non_null(copy);
    for (int write = reads ? graph->initial[label->location] : NO_EVENT; reads && write != NO_EVENT;
         write = graph->events[write].next) {
        int event;

        if (label->awaits && !label_holds(label, graph->events[write].value))
            continue;
        graph_copy(copy, graph);
        event = graph_add(copy, thread, EVENT_READ, label);
        copy->events[event].rf = (int16_t)write;
        settle(found, copy, event, label);
    }
    if (!reads) {
        graph_copy(copy, graph);
        settle(found, copy,
               graph_add(copy, thread, label->kind == LABEL_WRITE ? EVENT_WRITE : EVENT_FENCE,
                         label),
               label);
    }
    free(copy);
}

/* Does nobody find what it waits for in what was written last? It may find it in what
 * was written before, but need not. */
static bool is_stuck(const struct found *found, const struct graph *graph,
                     const struct asked *asked)
{
    for (int i = 0; i < found->program->threads; i++) {
        const struct label *label = &asked->labels[i];

        if (asked->states[i] == LITMUS_ASKS &&
            (!label->awaits ||
             label_holds(label, graph->events[graph_last_write(graph, label->location)].value)))
            return false;
    }
    return !litmus_have_ended(found->program, asked);
}

static void enumerate(struct found *found, const struct graph *graph)
{
    struct asked asked;
    char key[KEY];

    graph_key(graph, key);
    if (!texts_add(&found->seen, key))
        return;
    litmus_ask(found->program, graph, &asked);
    for (int i = 0; i < found->program->threads; i++)
        if (asked.states[i] == LITMUS_ASKS)
            extend(found, graph, (unsigned)i, &asked.labels[i]);
    found->deadlocks += is_stuck(found, graph, &asked);
    if (litmus_have_ended(found->program, &asked)) {
        found->executions++;
        found_take_state(found, graph, &asked);
    }
}

static void enumerate_all(struct found *found, const struct litmus *program, enum memory memory)
{
    static struct graph graph;

    *found = (struct found){.program = program, .memory = memory};
    litmus_begin(program, &graph);
    enumerate(found, &graph);
}

/* The table ------------------------------------------------------------------- */

static char lines[LINES_MOST][LINE];
static size_t line_count;

static void read_table(void)
{
    FILE *file = fopen("tests/explore/litmus/known.tsv", "r");

    assert_non_null(file);
    for (line_count = 0; line_count < LINES_MOST && fgets(lines[line_count], LINE, file) != NULL;)
        line_count++;
    fclose(file);
    assert_true(line_count > 100);
}

/* States apart by commas; "-" is none. */
static void take_column(struct texts *states, char *column)
{
    for (char *state; (state = strsep(&column, ",")) != NULL;)
        if (strcmp(state, "-") != 0)
            texts_add(states, state + (*state == ' '));
}

static unsigned long check_line(char *line, enum memory memory)
{
    char *name = strsep(&line, "\t\n"), *text = strsep(&line, "\t\n"), *states[MEMORIES] = {0};
    struct texts wanted = {0};
    struct litmus program;
    struct found found;

    for (enum memory i = MEMORY_SC; i < MEMORIES; i++)
        states[i] = strsep(&line, "\t\n");
    litmus_parse(&program, text);
    found_search(&found, &program, memory);
    take_column(&wanted, states[MEMORY_SC]);
    if (memory != MEMORY_SC)
        take_column(&wanted, states[memory]);
    for (size_t i = 0; i < wanted.room; i++)
        if (wanted.list[i] != NULL && !texts_have(&found.states, wanted.list[i]))
            fail_msg("%s (%s) never ends with %s under %s", name, text, wanted.list[i],
                     memory_name(memory));
    if (wanted.count != found.states.count || found.duplicates > 0)
        fail_msg("%s (%s) has %zu states, not %zu, and %lu duplicates under %s", name, text,
                 found.states.count, wanted.count, found.duplicates, memory_name(memory));
    texts_free(&wanted);
    found_free(&found);
    return found.executions;
}

/* herd7 counts as many, under SC and RC11. */
TEST(the_table_is_found_without_duplicates)
{
    static const unsigned long executions[MEMORIES] = {0, 3829, 3929, 4246};

    for (enum memory memory = MEMORY_SC; memory < MEMORIES; memory++) {
        unsigned long sum = 0;

        read_table();
        for (size_t i = 0; i < line_count; i++)
            sum += check_line(lines[i], memory);
        assert_int_equal(sum, executions[memory]);
    }
}

/* Random programs ------------------------------------------------------------- */

static uint64_t seed;

static unsigned below(unsigned limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % limit;
}

static char *write_random(char *end, int reg)
{
    static const char *const orders[] = {"rlx", "acq", "rel", "ar", "sc"};
    const char *order = orders[below(5)];
    char location = "xy"[below(2)];

    switch (below(10)) {
    case 0:
    case 1:
        return end + sprintf(end, "W %c %u %s", location, 1 + below(2), order);
    case 2:
    case 3:
    case 4:
        return end + sprintf(end, "R r%d %c %s", reg, location, order);
    case 5:
        return end + sprintf(end, "X r%d %c %u %s", reg, location, 1 + below(3), order);
    case 6:
        return end + sprintf(end, "A r%d %c 1 %s", reg, location, order);
    case 7:
        return end +
               sprintf(end, "C r%d %c %u %u %s", reg, location, below(2), 1 + below(3), order);
    case 8:
        return end + sprintf(end, "F %s", orders[1 + below(4)]);
    default:
        return end + sprintf(end, "R r%d %c %s; B r%d 1", reg, location, order, reg);
    }
}

enum besides { BESIDES_NOTHING, BESIDES_MUTEXES, BESIDES_SEMAPHORES };

/* With mutexes, some operations stand between a lock and an unlock. */
static void write_random_program(char *text, enum besides besides)
{
    unsigned threads = 2 + below(2), most = threads == 2 ? 4 : 3;
    int reg = 0;

    for (unsigned i = 0; i < threads; i++) {
        unsigned length = 1 + below(most);
        char held = 0;

        if (i > 0)
            text += sprintf(text, " || ");
        for (unsigned k = 0; k < length; k++) {
            if (k > 0)
                text += sprintf(text, "; ");
            if (besides == BESIDES_MUTEXES && held == 0 && below(2) == 0)
                text += sprintf(text, "L %c; ", held = "mn"[below(2)]);
            if (besides == BESIDES_SEMAPHORES && below(2) == 0)
                text += sprintf(text, "%c s; ", "PS"[below(2)]);
            text = write_random(text, reg++);
            if (held != 0 && (k + 1 == length || below(2) == 0))
                text += sprintf(text, "; U %c", held), held = 0;
        }
    }
}

static void agree(const char *text, enum memory memory)
{
    struct litmus program;
    struct found found, all;

    litmus_parse(&program, text);
    found_search(&found, &program, memory);
    enumerate_all(&all, &program, memory);
    if (found.executions != all.executions || found.deadlocks != all.deadlocks ||
        found.states.count != all.states.count || found.duplicates > 0)
        fail_msg("%s, %s: %lu executions, %lu deadlocks, %zu states, %lu duplicates; not %lu, %lu, "
                 "%zu, 0",
                 text, memory_name(memory), found.executions, found.deadlocks, found.states.count,
                 found.duplicates, all.executions, all.deadlocks, all.states.count);
    found_free(&found);
    found_free(&all);
}

static void agree_on_random_programs(enum besides besides)
{
    const char *asked = getenv("GRAPHS");
    unsigned long count = asked != NULL ? strtoul(asked, NULL, 10) : 300;
    char text[KEY];

    for (unsigned long i = 0; i < count; i++) {
        write_random_program(text, besides);
        for (enum memory memory = MEMORY_SC; memory < MEMORIES; memory++)
            agree(text, memory);
    }
}

TEST(random_programs_have_the_graphs_of_an_enumeration)
{
    seed = 1;
    agree_on_random_programs(BESIDES_NOTHING);
}

TEST(random_programs_with_mutexes_as_well)
{
    seed = 2;
    agree_on_random_programs(BESIDES_MUTEXES);
}

TEST(random_programs_with_semaphores_as_well)
{
    seed = 3;
    agree_on_random_programs(BESIDES_SEMAPHORES);
}

/* Mutexes --------------------------------------------------------------------- */

TEST(each_order_of_locks_is_one_execution)
{
    struct litmus program;
    struct found found;

    litmus_parse(&program,
                 "L m; A r0 x 1 rlx; U m || L m; A r1 x 1 rlx; U m || L m; A r2 x 1 rlx; U m "
                 "|| L m; A r3 x 1 rlx; U m");
    found_search(&found, &program, MEMORY_RC11);
    assert_int_equal(found.executions, 24);
    assert_int_equal(found.duplicates + found.blocked + found.deadlocks, 0);
    found_free(&found);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
