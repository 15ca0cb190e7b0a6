/*
 * Litmus programs of the classical kinds, made at random, and a second opinion
 * (litmus_oracle.h) on their executions: as many, with the same final states, and none
 * twice. Here the predicates themselves are judged, which test_graph.c's enumeration
 * shares with the search.
 *
 * A program is a cycle, as Alglave and others make them ("Fences in weak memory models",
 * CAV 2010): threads of one or two accesses, and from each to the next one an access of
 * the other to the same location, which reads what was written (rf), writes over it (co),
 * or over what was read (fr). So store buffering comes of it, and message passing, load
 * buffering, S, R, 2+2W, WRC, ISA2, Z6, RWC, IRIW and their cousins of up to four threads;
 * in all orders, with fences, read-modify-writes, accesses to the same location, and
 * writes that go on with a release sequence or cut it.
 *
 * SHAPES=N makes N of them, and SEED=N others.
 */
#include "check.h"

#include "graph_search.h"
#include "litmus_oracle.h"

enum { CANDIDATES_MOST = 30000, DEFAULT = 500 };

static uint64_t seed;

static unsigned below(unsigned limit)
{
    seed = seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(seed >> 33) % limit;
}

/* Making ---------------------------------------------------------------------- */

enum edge { EDGE_RF, EDGE_CO, EDGE_FR };

static struct {
    char text[KEY], *end;
    int registers, values[8]; /* written so far, of each location */
    bool strong;              /* most is seq_cst: what little is not makes the difference */
} making;

/* The last of them is sc. */
static const char *random_order(const char *const *orders, unsigned count)
{
    return making.strong && below(3) != 0 ? orders[count - 1] : orders[below(count)];
}

static const char *load_order(void)
{
    static const char *const orders[] = {"rlx", "acq", "sc"};
    return random_order(orders, 3);
}

static const char *store_order(void)
{
    static const char *const orders[] = {"rlx", "rel", "sc"};
    return random_order(orders, 3);
}

static const char *any_order(void)
{
    static const char *const orders[] = {"rlx", "acq", "rel", "ar", "sc"};
    return random_order(orders, 5);
}

static void separate(void)
{
    if (making.end > making.text && making.end[-1] != ' ')
        making.end += sprintf(making.end, "; ");
}

static void write_access(bool writes, int location)
{
    char name = (char)('u' + location);
    int value = writes ? ++making.values[location] : 0;

    separate();
    switch (below(6)) {
    case 0: /* reads and writes whatever is wanted */
        making.end += sprintf(making.end, "X r%d %c %d %s", making.registers++, name,
                              writes ? value : ++making.values[location], any_order());
        return;
    case 1:
        if (writes)
            making.end +=
                sprintf(making.end, "A r%d %c 1 %s", making.registers++, name, any_order());
        else
            making.end += sprintf(making.end, "C r%d %c %u 7 %s", making.registers++, name,
                                  below(2), any_order());
        return;
    default:
        if (writes)
            making.end += sprintf(making.end, "W %c %d %s", name, value, store_order());
        else
            making.end +=
                sprintf(making.end, "R r%d %c %s", making.registers++, name, load_order());
    }
}

static void write_fence(void)
{
    static const char *const orders[] = {"acq", "rel", "ar", "sc"};

    separate();
    making.end += sprintf(making.end, "F %s", random_order(orders, 4));
}

static void begin_thread(void)
{
    if (making.end > making.text)
        making.end += sprintf(making.end, " || ");
}

/* What comes into the thread, and what goes out: whether they write. */
static bool is_written(enum edge edge, bool at_end)
{
    return edge == EDGE_CO || edge == (at_end ? EDGE_FR : EDGE_RF);
}

/* One more write behind the last: of the same thread, to the same location. */
static void write_sequel(int location)
{
    separate();
    making.end +=
        sprintf(making.end, "W %c %d %s", 'u' + location, ++making.values[location], store_order());
}

/* `*location` is where the cycle is; behind the last thread it is closed. */
static void write_thread(enum edge in, enum edge out, int *location, int locations, bool closes)
{
    bool first = is_written(in, true), last = is_written(out, false);
    bool single = first == last && (!closes || *location == 0) && below(3) == 0;

    begin_thread();
    write_access(first, *location);
    if (first && below(6) == 0)
        write_sequel(*location);
    if (single)
        return;
    if (below(3) == 0)
        write_fence();
    if (closes)
        *location = 0;
    else if (below(8) != 0)
        *location = (*location + 1) % locations;
    write_access(last, *location);
    if (last && below(6) == 0)
        write_sequel(*location);
}

static void write_program(void)
{
    int threads = 2 + (int)below(3), location = 0, locations = 2 + (int)below(2);
    enum edge edges[LITMUS_THREADS];

    memset(&making, 0, sizeof making);
    making.end = making.text;
    making.strong = below(2) == 0;
    for (int i = 0; i < threads; i++)
        edges[i] = (enum edge)below(3);
    for (int i = 0; i < threads; i++)
        write_thread(edges[(i + threads - 1) % threads], edges[i], &location, locations,
                     i + 1 == threads);
    if (threads < 4 && below(6) == 0) { /* somebody else, in the midst of it */
        begin_thread();
        write_access(true, location);
    }
}

/* Judging --------------------------------------------------------------------- */

struct heard {
    struct texts states;
    unsigned long executions;
};

static void hear(void *context, const char *state)
{
    struct heard *heard = context;

    texts_add(&heard->states, state);
    heard->executions++;
}

/* False: too large. */
static bool agree_on(const struct litmus *program, enum memory memory, unsigned long *executions)
{
    struct heard heard = {0};
    const struct opinion opinion = {hear, &heard};
    struct found found;
    bool known = opinion_give(&opinion, program, memory, CANDIDATES_MOST);

    if (!known)
        return false;
    found_search(&found, program, memory);
    if (found.executions != heard.executions || found.states.count != heard.states.count ||
        found.duplicates > 0)
        fail_msg("%s, %s: %lu executions, %zu states, %lu duplicates; not %lu, %zu, 0", making.text,
                 memory_name(memory), found.executions, found.states.count, found.duplicates,
                 heard.executions, heard.states.count);
    for (size_t i = 0; i < heard.states.room; i++)
        if (heard.states.list[i] != NULL && !texts_have(&found.states, heard.states.list[i]))
            fail_msg("%s, %s: never %s", making.text, memory_name(memory), heard.states.list[i]);
    *executions = heard.executions;
    found_free(&found);
    texts_free(&heard.states);
    return true;
}

static unsigned long number(const char *name, unsigned long otherwise)
{
    const char *value = getenv(name);

    return value != NULL ? strtoul(value, NULL, 10) : otherwise;
}

/* Were most of them too large, little would be judged. */
TEST(programs_of_all_shapes_have_the_executions_of_a_second_opinion)
{
    unsigned long count = number("SHAPES", DEFAULT), judged = 0, executions;
    struct litmus program;

    seed = number("SEED", 1);
    for (unsigned long i = 0; i < count; i++) {
        bool all = true;

        write_program();
        litmus_parse(&program, making.text);
        for (enum memory memory = MEMORY_SC; all && memory < MEMORIES; memory++)
            all = agree_on(&program, memory, &executions);
        judged += all;
        if (getenv("SHAPES_SHOWN") != NULL)
            printf("%c %s\n", all ? ' ' : '-', making.text);
    }
    assert_true(judged > count / 2);
}

/* By hand: what both say of programs that everybody knows. */
static const struct {
    const char *text;
    unsigned long executions[MEMORIES];
} known[] = {
    {"W x 1 rlx; R r0 y rlx || W y 1 rlx; R r1 x rlx", {0, 3, 4, 4}},
    {"W x 1 rlx; W y 1 rel || R r0 y acq; R r1 x rlx", {0, 3, 3, 3}},
    {"W x 1 rlx; W y 1 rlx || R r0 y acq; R r1 x rlx", {0, 3, 3, 4}},
    {"R r0 x rlx; W y 1 rlx || R r1 y rlx; W x 1 rlx", {0, 3, 3, 3}},
    {"W x 1 sc; R r0 y sc || W y 1 sc; R r1 x sc", {0, 3, 3, 3}},
    {"W x 1 rlx; F sc; R r0 y rlx || W y 1 rlx; F sc; R r1 x rlx", {0, 3, 3, 3}},
    {"W x 1 rlx; W x 2 rlx || R r0 x rlx; R r1 x rlx", {0, 6, 6, 6}},
    /* C17's release sequence: C20, without it, has one more */
    {"W x 1 rlx; W y 1 rel; W y 2 rlx || R r0 y acq; R r1 x rlx", {0, 4, 4, 4}},
    /* RC11's "sb \\ loc": if psc had all of sb there, 22 and 17 */
    {"W x 1 sc; W y 1 rel || A r0 y 1 sc; R r1 y rlx || W y 3 sc; R r2 x sc", {0, 18, 18, 24}},
    {"R r0 x acq; R r1 y sc || W x 1 sc; W x 2 sc || W y 1 sc; R r2 x sc", {0, 15, 15, 18}},
    /* fences that meet through hb; eco; hb only: 16 without */
    {"W x 1 rlx || R r0 x rlx; F sc; R r1 y rlx || W y 1 rlx || R r2 y rlx; F sc; R r3 x rlx",
     {0, 15, 15, 15}},
};

TEST(the_classics_are_known)
{
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        for (enum memory memory = MEMORY_SC; memory < MEMORIES; memory++) {
            struct litmus program;
            unsigned long executions;

            snprintf(making.text, sizeof making.text, "%s", known[i].text);
            litmus_parse(&program, making.text);
            assert_true(agree_on(&program, memory, &executions));
            if (executions != known[i].executions[memory])
                fail_msg("%s, %s: %lu", known[i].text, memory_name(memory), executions);
        }
}

int main(void)
{
    return tests_run(NULL, NULL);
}
