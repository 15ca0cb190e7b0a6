#include "random_compound.h"
#include "random_system.h"

/* Numbers ------------------------------------------------------------------------- */

static uint64_t random_state;

void random_start(uint64_t seed)
{
    random_state = seed;
}

/* xorshift64*, Vigna 2016. */
unsigned random_below(unsigned limit)
{
    random_state ^= random_state >> 12;
    random_state ^= random_state << 25;
    random_state ^= random_state >> 27;
    return (unsigned)((random_state * 2685821657736338717u >> 33) % limit);
}

/* Words --------------------------------------------------------------------------- */

void program_add_word(char *script, char verb, unsigned thing)
{
    char word[4] = {verb, (char)('0' + thing), ' ', '\0'};

    if (strlen(script) + 8 < SCRIPT_SIZE)
        strcat(script, word);
}

void program_add_words(char *script, const char *words)
{
    if (strlen(script) + strlen(words) + 8 < SCRIPT_SIZE) {
        strcat(script, words);
        strcat(script, " ");
    }
}

static char one_of(const char *verbs)
{
    return verbs[random_below((unsigned)strlen(verbs))];
}

void program_add_one_of(char *script, const char *verbs, unsigned thing)
{
    program_add_word(script, one_of(verbs), thing);
}

/* What may be done with a lock in hand. */
static void add_inside(char *script)
{
    if (random_below(4) != 0)
        program_add_one_of(script, "rwi", 0);
    if (random_below(6) == 0)
        program_add_word(script, 'p', 0);
}

/* Kinds of things, and what threads do with them ------------------------------------- */

static void add_memory(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "rwiRWI", random_below(2));
}

static void add_updates(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "XFOCDCDRWN", random_below(3) == 0 ? 2 : 0);
}

static void add_spins(char *script, unsigned thread)
{
    (void)thread;
    if (random_below(3) == 0) {
        program_add_one_of(script, "aAWW", random_below(2));
        return;
    }
    program_add_one_of(script, "hj", 0);
    add_inside(script);
    program_add_word(script, 'H', 0);
}

static void add_mutex(char *script, unsigned thread)
{
    unsigned i = random_below(4) == 0;

    (void)thread;
    program_add_one_of(script, "lltn", i);
    add_inside(script);
    program_add_word(script, 'u', i);
}

/* Those that say what was wrong may be used wrongly. */
static void add_checked(char *script, unsigned thread)
{
    unsigned i = 2 + random_below(2);

    (void)thread;
    program_add_one_of(script, "llltn", i);
    if (random_below(2) == 0)
        program_add_one_of(script, "ltnucd", i);
    add_inside(script);
    if (random_below(6) != 0)
        program_add_word(script, 'u', i);
    if (random_below(3) == 0)
        program_add_one_of(script, "usb", i);
}

static void add_robust(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "llltn", 4);
    add_inside(script);
    if (random_below(2) == 0)
        program_add_word(script, 'K', 4);
    if (random_below(4) == 0)
        program_add_one_of(script, "cdsb", 4);
    if (random_below(2) == 0)
        program_add_word(script, 'u', 4);
}

static void add_condition(char *script, unsigned thread)
{
    (void)thread;
    if (random_below(4) == 0) {
        program_add_one_of(script, "sb", 0);
        return;
    }
    program_add_word(script, 'l', 0);
    add_inside(script);
    program_add_one_of(script, "ccdsb", 0);
    add_inside(script);
    program_add_word(script, 'u', 0);
}

static void add_look(char *script, unsigned thread)
{
    (void)thread;
    if (random_below(2) == 0)
        program_add_word(script, 'k', 0);
    else
        program_add_words(script, random_below(2) == 0 ? "l0 w0 u0" : "w0");
}

static void add_c_threads(char *script, unsigned thread)
{
    unsigned i = 5 + random_below(2);

    (void)thread;
    if (random_below(5) == 0) {
        program_add_one_of(script, "sb", i);
        return;
    }
    program_add_one_of(script, "lltn", i);
    if (i == 6 && random_below(2) == 0)
        program_add_words(script, "l6 u6");
    add_inside(script);
    program_add_word(script, 'u', i);
    if (random_below(3) == 0) {
        program_add_word(script, 'l', i);
        program_add_one_of(script, "ccdsb", i);
        program_add_word(script, 'u', i);
    }
}

static void add_spin_lock(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "lt", 7);
    add_inside(script);
    program_add_word(script, 'u', 7);
}

static void add_rwlock(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "eeffqvTU", 0);
    add_inside(script);
    program_add_word(script, 'g', 0);
}

static void add_writers_first(char *script, unsigned thread)
{
    (void)thread;
    switch (random_below(4)) {
    case 0:
        program_add_words(script, "e2 e2 g2 g2");
        break;
    case 1:
        program_add_words(script, random_below(2) == 0 ? "e2 q2 g2 g2" : "e2 T2 g2 g2");
        break;
    default:
        program_add_one_of(script, "eefffqvTU", 2);
        add_inside(script);
        program_add_word(script, 'g', 2);
    }
}

static void add_semaphore(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "PVVQMG", 0);
}

static void add_barrier(char *script, unsigned thread)
{
    (void)thread;
    program_add_word(script, 'B', random_below(3) == 0 ? 2 : 0);
}

static void add_once(char *script, unsigned thread)
{
    unsigned i = random_below(2);

    (void)thread;
    program_add_word(script, 'o', i);
    program_add_one_of(script, "rRw", i);
}

static void add_pipe(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, ">>><?", random_below(4) == 0);
}

static void add_cancelling(char *script, unsigned thread)
{
    static const char *const points[] = {"z", "P0", "M0", "l0 c0 u0", "l0 d0 u0", "<0", "k0"};

    if (thread > 1 && random_below(2) == 0)
        program_add_word(script, 'S', 1 + random_below(thread - 1));
    else
        program_add_words(script, points[random_below(7)]);
}

/* The values that decide, and whom nobody wakes. */
static void add_futex(char *script, unsigned thread)
{
    unsigned i = random_below(4) == 0;

    (void)thread;
    if (random_below(3) == 0)
        program_add_one_of(script, "WIX", i);
    program_add_one_of(script, "ZZYYY", i);
}

static void add_key(char *script, unsigned thread)
{
    static const char *const words[] = {"E0", "E1", "E0 E1", "R0"};

    (void)thread;
    program_add_words(script, words[random_below(4)]);
}

static void add_time(char *script, unsigned thread)
{
    (void)thread;
    program_add_one_of(script, "yz", 0);
}

/* Those named twice are met more often. */
static family *const families[] = {
    add_memory,        add_updates,       add_updates,    add_spins,     add_mutex,
    add_checked,       add_checked,       add_robust,     add_robust,    add_condition,
    add_condition,     add_look,          add_c_threads,  add_spin_lock, add_rwlock,
    add_writers_first, add_writers_first, add_semaphore,  add_barrier,   add_once,
    add_pipe,          add_cancelling,    add_cancelling, add_time,      add_futex,
    add_futex,         add_key,           add_event,      add_event,     add_signal,
    add_signal,        add_end,           add_end,        add_closing,   add_closing,
    add_bits,          add_width,         add_box,        add_predicate, add_predicate,
    add_pair,          add_sixteen,       add_handler,    add_units,     add_waiting,
    add_again,         add_maker,         add_maker,
};

enum { FAMILIES = sizeof families / sizeof *families, MIXED = 3 };

static void make_script(char *script, unsigned thread, family *const mixed[], unsigned length)
{
    bool detached = thread == 2 && random_below(8) == 0;

    strcpy(script, detached ? "&" : random_below(8) == 0 ? "_" : "");
    while (length-- > 0)
        mixed[random_below(MIXED)](script, thread);
    if (detached) { /* what the end of the process cuts is another test's matter */
        for (char *word = script; (word = strstr(word, "p0 ")) != NULL;)
            memmove(word, word + 3, strlen(word + 3) + 1);
    } else if (random_below(4) != 0) {
        program_add_word(script, 'p', 0);
    }
    if (random_below(40) == 0)
        program_add_word(script, 'x', 0);
    if (script[0] != '\0' && script[strlen(script) - 1] == ' ')
        script[strlen(script) - 1] = '\0';
}

void program_make(struct program *program)
{
    family *mixed[MIXED];

    for (int i = 0; i < MIXED; i++)
        mixed[i] = families[random_below(FAMILIES)];
    program->threads = 2 + random_below(2);
    for (unsigned i = 0; i < program->threads; i++)
        make_script(program->scripts[i], i + 1, mixed,
                    1 + random_below(program->threads == 2 ? 4 : 3));
    system_tidy(program);
}

/* By their verbs; of those that differ by the thing see below. */
static const char *const constructs[128] = {
    ['t'] = "trylock",
    ['n'] = "timedlock",
    ['K'] = "mutex_consistent",
    ['d'] = "timedwait",
    ['r'] = "plain memory",
    ['w'] = "plain memory",
    ['i'] = "plain memory",
    ['X'] = "exchange",
    ['F'] = "fetch-add, fetch-or",
    ['O'] = "fetch-add, fetch-or",
    ['C'] = "compare-exchange",
    ['D'] = "compare-exchange, weak",
    ['N'] = "fence",
    ['a'] = "loop that looks",
    ['A'] = "loop that looks",
    ['h'] = "loop that exchanges",
    ['j'] = "loop that exchanges",
    ['k'] = "loop with lock and sleep",
    ['P'] = "semaphore",
    ['V'] = "semaphore",
    ['Q'] = "semaphore",
    ['G'] = "semaphore",
    ['M'] = "sem_timedwait",
    ['T'] = "rwlock, timed",
    ['U'] = "rwlock, timed",
    ['B'] = "barrier",
    ['<'] = "pipe",
    ['>'] = "pipe",
    ['?'] = "poll, epoll",
    ['E'] = "key with a destructor",
    ['+'] = "eventfd",
    ['-'] = "eventfd",
    [':'] = "eventfd",
    ['%'] = "signals",
    ['$'] = "signals",
    [';'] = "signals",
    ['^'] = "sigwait",
    ['!'] = "sigtimedwait",
    ['J'] = "join by another",
    ['m'] = "pthread_exit",
    ['('] = "cancel state",
    [')'] = "cancel state",
    ['*'] = "cancel state",
    ['['] = "pipe, closed",
    ['='] = "bit-fields",
    [','] = "bit-fields",
    ['.'] = "flag, byte, eight bytes",
    ['~'] = "flag, byte, eight bytes",
    ['@'] = "malloc, free",
    ['#'] = "malloc, free",
    ['Z'] = "futex",
    ['Y'] = "futex",
    ['S'] = "cancel",
    ['x'] = "exit",
    ['&'] = "detached",
    ['_'] = "thread of C",
    ['L'] = "condition, with predicates",
    ['{'] = "struct, assigned",
    ['}'] = "poll, epoll that wait",
    ['/'] = "handler",
    ['|'] = "thread made by a thread",
    ['y'] = "yield, sleep",
    ['z'] = "yield, sleep",
};

const char *program_construct(const char *word)
{
    static const char *const mutexes[] = {"mutex",      "mutex",         "mutex, recursive",
                                          "errorcheck", "mutex, robust", "mutex of C",
                                          "mutex of C", "spin lock"};
    const int i = word[1] >= '0' && word[1] <= '7' ? word[1] - '0' : 0;

    if (strchr("lu", *word) != NULL)
        return mutexes[i];
    if (strchr("csb", *word) != NULL)
        return i >= 5 ? "condition of C" : i >= 2 ? "condition, other mutexes" : "condition";
    if (strchr("RWIH", *word) != NULL)
        return i == 2 ? "atomic, weaker" : "atomic";
    if (strchr("efgqv", *word) != NULL)
        return i == 2 ? "rwlock, writers first" : "rwlock";
    if (*word == 'o')
        return i == 0 ? "pthread_once" : "call_once";
    if (*word == '.' && i >= 3)
        return "sixteen bytes";
    if (*word == 'E' && i == 1)
        return "key of C";
    return constructs[(unsigned char)*word];
}

/* Opinions ------------------------------------------------------------------------- */

bool program_model(const struct program *program, struct model_outcomes *model)
{
    const char *scripts[MODEL_THREADS];

    for (size_t i = 0; i < program->threads; i++)
        scripts[i] = program->scripts[i];
    model_run(scripts, program->threads, STATES_MOST, model);
    if (model->too_many)
        model_free(model);
    return model->count > 0;
}

/* By steps, as the model has them, however weak the atomics. */
bool program_explore(const struct program *program, const char *options, struct explored *explored)
{
    const char *argv[MODEL_THREADS + 2] = {NULL};
    char words[256];

    snprintf(words, sizeof words, "by-steps %s", options);
    argv[0] = "interpret";
    for (size_t i = 0; i < program->threads; i++)
        argv[i + 1] = program->scripts[i];
    return explore_in_time(explored, words, argv);
}

bool outcomes_same(const struct model_outcomes *a, const struct model_outcomes *b)
{
    if (a->count != b->count)
        return false;
    for (size_t i = 0; i < a->count; i++)
        if (strcmp(a->list[i], b->list[i]) != 0)
            return false;
    return true;
}

void outcomes_print(const char *who, const struct model_outcomes *outcomes)
{
    print_error("%s:\n", who);
    for (size_t i = 0; i < outcomes->count; i++)
        print_error("    %s\n", outcomes->list[i]);
}

void program_print(const struct program *program)
{
    for (size_t i = 0; i < program->threads; i++)
        print_error("\"%s\" ", program->scripts[i]);
    print_error("\n");
}
