#include "heddle/options.h"

#include <getopt.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "heddle/base/path.h"
#include "heddle/doctest/doctest.h"

enum kind { FLAG, TEXT, PATH, NUMBER, JOBS, SHARD, HELP };

struct known {
    const char *name;
    int letter; /* 0: it has none */
    unsigned commands;
    const char *argument; /* NULL: it takes none */
    const char *about;    /* NULL: no word about it */
    enum kind kind;
    size_t field; /* in struct request: a bool for FLAG, else a const char * */
};

#define IN(member) offsetof(struct request, member)

/* One name may stand here twice, with other words for other commands. */
static const struct known known[] = {
    {"help", 'h', FOR_ALL, NULL, NULL, HELP, 0},
    {"output", 'o', FOR_TANGLE, "DIR", "the clean files (code)", PATH, IN(out)},
    {"output", 'o', FOR_WEAVE, "DIR", "where the pages go (build/slides)", PATH, IN(out)},
    {"output", 'o', FOR_CHECK | FOR_WHERE | FOR_STITCH, "DIR", "the clean code (code)", PATH,
     IN(out)},
    {"annotated", 0, FOR_TANGLE, "DIR", "the annotated files (build/annotated)", PATH,
     IN(annotated)},
    {"makefile", 0, FOR_TANGLE, "FILE", "what is made from what (build/book.mk)", PATH,
     IN(makefile)},
    {"check", 0, FOR_TANGLE, NULL, "write nothing; fail when code/ is out of step", FLAG,
     IN(check)},
    {"baseline", 0, FOR_CHECK, NULL,
     "write what nobody looks at yet into .heddle-baseline;\nfrom then on there may only be less",
     FLAG, IN(baseline)},
    {"force", 0, FOR_TANGLE, NULL, "overwrite files that were edited by hand", FLAG, IN(force)},
    {"dry-run", 'n', FOR_STITCH, NULL, "show what would change, and write nothing", FLAG,
     IN(dry_run)},
    {"text", 0, FOR_STITCH, NULL, "a new line <<name>> is text, and no chunk", FLAG, IN(as_text)},
    {"force", 0, FOR_STITCH, NULL, "also over edits that git does not have yet", FLAG, IN(force)},
    {"deck", 0, FOR_WEAVE, "DIR", "template, theme and script (chapters/deck)", PATH, IN(deck)},
    {"modules", 0, FOR_WEAVE, "DIR",
     "reveal.js and the fonts, as npm puts them\n(build/npm/node_modules)", PATH, IN(modules)},
    {"port", 'p', FOR_SERVE, "N", "another than 8000; 0: any that is free", NUMBER, IN(port)},
    {"emacs", 0, FOR_TAGS, NULL, "write TAGS, for Emacs, instead of tags", FLAG, IN(emacs)},
    {"open", 0, FOR_SERVE, NULL, "open a browser, too", FLAG, IN(open)},
    {"isolate", 0, FOR_SERVE, NULL, "programs are shut in, as by heddle test --isolate", FLAG,
     IN(isolate)},
    {"deck", 0, FOR_SERVE, "DIR", "template, theme and script (chapters/deck)", PATH, IN(deck)},
    {"modules", 0, FOR_SERVE, "DIR", "parts from npm (build/npm/node_modules)", PATH, IN(modules)},
    {"title", 0, FOR_WEAVE, "TEXT",
     "what stands on the first slide; otherwise the first\n"
     "`title:` of a front matter, or the first heading",
     TEXT, IN(title)},
    {"places", 0, FOR_WEAVE, NULL,
     "say in the pages where in a chapter each slide and\nlisting stands, as heddle serve needs it",
     FLAG, IN(places)},
    {"record", 0, FOR_EXPLORE, "FILE", "write what is found into a file, for outcomes blocks", PATH,
     IN(explore.record)},
    {"replay", 0, FOR_EXPLORE, "SCHEDULE", "run it once, in that order", TEXT, IN(explore.replay)},
    {"trace", 0, FOR_EXPLORE, "SCHEDULE", "... and print each step", TEXT, IN(explore.trace)},
    {"svg", 0, FOR_EXPLORE, "SCHEDULE", "... and draw it, as SVG", TEXT, IN(explore.svg)},
    {"graph", 0, FOR_EXPLORE, NULL, "its states and steps, as a JSON object", FLAG,
     IN(explore.graph)},
    {"gdb", 0, FOR_EXPLORE, "SCHEDULE", "... in the debugger", TEXT, IN(gdb)},
    {"bound", 0, FOR_EXPLORE, "N", "only orders with at most N preemptions", NUMBER,
     IN(explore.bound)},
    {"spurious", 0, FOR_EXPLORE, "N", "each thread may be woken N times without cause (1)", NUMBER,
     IN(explore.spurious)},
    {"failing", 0, FOR_EXPLORE, "CALLS", "one of them may fail: malloc, thread or malloc,thread",
     TEXT, IN(explore.failing)},
    {"cflags", 0, FOR_EXPLORE, "FLAGS", "for the compiler of a FILE.c, as \"-Iinclude -DN=2\"",
     TEXT, IN(cflags)},
    {"link", 0, FOR_EXPLORE, "LIBS", "its libraries, as \"m z\"", TEXT, IN(link)},
    {"leaks", 0, FOR_EXPLORE, NULL, "name memory that nothing points to in the end", FLAG,
     IN(explore.leaks)},
    {"runs", 0, FOR_EXPLORE, "N", "stop after N runs", NUMBER, IN(explore.runs)},
    {"seconds", 0, FOR_EXPLORE, "N", "stop after N seconds", NUMBER, IN(explore.seconds)},
    {"steps", 0, FOR_EXPLORE, "N", "the most steps of one run (5000)", NUMBER, IN(explore.steps)},
    {"model", 0, FOR_EXPLORE, "MODEL", "under this memory model: sc, tso or rc11", TEXT,
     IN(explore.model)},
    {"reduce", 0, FOR_EXPLORE, "WHAT", "nothing, sleep or all: what need not be run twice (all)",
     TEXT, IN(explore.reduce)},
    {"states", 0, FOR_EXPLORE, NULL, "go on once from each state, for what has too many orders",
     FLAG, IN(explore.states)},
    {"engine", 0, FOR_EXPLORE, "HOW", "one or fork: runs in one process, or each in its own (one)",
     TEXT, IN(explore.engine)},
    {"filter", 0, FOR_TEST, "TEXT", "only tests with TEXT in their name", TEXT, IN(filter)},
    {"shard", 0, FOR_TEST, "K/N", "only every N-th test, from the K-th", SHARD, 0},
    {"jobs", 'j', FOR_WEAVE, "N", "chapters at the same time", JOBS, 0},
    {"jobs", 'j', FOR_TEST, "N", "tests at the same time; one a processor otherwise", JOBS, 0},
    {"jobs", 'j', FOR_EXPLORE, "N",
     "processes at the same time; one otherwise, or four\nwhere each run has its own", JOBS, 0},
    {"shard", 0, FOR_EXPLORE, "K/N", "only the K-th of N shares of the orders", TEXT,
     IN(explore.shard)},
    {"keep", 0, FOR_EXPLORE, "FILE",
     "write there what was explored; if it is there, go on\nfrom it", PATH, IN(explore.keep)},
    {"merge", 0, FOR_EXPLORE, NULL, "files of --keep, to be joined: no PROGRAM but FILE...", FLAG,
     IN(explore.merge)},
    {"all", 'a', FOR_TEST, NULL, "run also what has not changed since it passed", FLAG, IN(all)},
    {"bless", 0, FOR_TEST, NULL, "write what differs into the chapters, showing it", FLAG,
     IN(bless)},
    {"force", 0, FOR_TEST, NULL, "... also over edits that git does not have yet", FLAG, IN(force)},
    {"isolate", 0, FOR_TEST, NULL,
     "programs have no network, and write nowhere but in\ntheir own folder (bubblewrap)", FLAG,
     IN(isolate)},
    {"bin", 0, FOR_TEST, "DIR", "the programs (build/bin)", PATH, IN(bin)},
    {"annotated", 0, FOR_TEST, "DIR", "their sources (build/annotated)", PATH, IN(annotated)},
    {"output", 'o', FOR_TEST, "DIR", "the clean code, for headers (code)", PATH, IN(out)},
    {"quiet", 'q', FOR_TANGLE | FOR_STITCH, NULL, "say nothing when all is well", FLAG, IN(quiet)},
    {"quiet", 'q', FOR_WEAVE | FOR_TEST, NULL, "no progress", FLAG, IN(quiet)},
    {"junit", 0, FOR_TEST, "FILE", "the result as JUnit's XML as well", PATH, IN(junit)},
    {"json", 0, FOR_TEST | FOR_EXPLORE, NULL, "the result as a JSON object", FLAG, IN(json)},
    {"json", 0, FOR_TANGLE | FOR_CHECK | FOR_WHERE | FOR_LIST, NULL,
     "what was found, as a JSON array", FLAG, IN(json)},
};

enum { KNOWN_COUNT = sizeof known / sizeof *known, LONG_ONLY = 256 };

/* Reading ------------------------------------------------------------------- */

/* What getopt_long() wants: each name once, its value the index of a row. */
struct table_of_getopt {
    struct option names[KNOWN_COUNT + 1];
    char letters[3 * KNOWN_COUNT + 2];
};

static bool stands_before(size_t row)
{
    for (size_t i = 0; i < row; i++)
        if (strcmp(known[i].name, known[row].name) == 0)
            return true;
    return false;
}

static void fill_table(struct table_of_getopt *table)
{
    struct option *name = table->names;
    char *letter = table->letters;

    *letter++ = ':'; /* tell a missing argument from an unknown option */
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        if (stands_before(i))
            continue;
        *name++ = (struct option){known[i].name,
                                  known[i].argument != NULL ? required_argument : no_argument, NULL,
                                  LONG_ONLY + (int)i};
        if (known[i].letter == 0)
            continue;
        *letter++ = (char)known[i].letter;
        if (known[i].argument != NULL)
            *letter++ = ':';
    }
    *name = (struct option){0};
    *letter = '\0';
}

/* The row that getopt's answer means for one of `commands`; NULL: none. */
static const struct known *find(int value, unsigned commands)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if ((known[i].commands & commands) != 0 &&
            (value < LONG_ONLY ? known[i].letter == value
                               : strcmp(known[i].name, known[value - LONG_ONLY].name) == 0))
            return &known[i];
    return NULL;
}

static bool apply_jobs(struct request *request, const char *argument)
{
    unsigned long jobs = 0;

    if (!span_number(span_of(argument), 1000, &jobs) || jobs == 0)
        return false;
    request->jobs = (unsigned)jobs;
    request->explore.jobs = argument;
    return true;
}

/* False when the argument makes no sense. */
static bool apply(struct request *request, const struct known *option, const char *argument)
{
    void *field = (char *)request + option->field;
    unsigned long unused;

    switch (option->kind) {
    case FLAG:
        *(bool *)field = true;
        return true;
    case NUMBER:
        *(const char **)field = argument;
        return span_number(span_of(argument), 1000000000, &unused);
    case JOBS:
        return apply_jobs(request, argument);
    case SHARD:
        return doctest_parse_shard(argument, &request->shard, &request->shards);
    case TEXT:
    case PATH:
    case HELP:
        break;
    }
    *(const char **)field = argument;
    return true;
}

static const char *wanted(enum kind kind)
{
    return kind == SHARD  ? "K/N, such as 3/8"
           : kind == JOBS ? "a number from 1 to 1000"
                          : "a number";
}

/* The option that was meant, of those that the command has; NULL: none is near. */
static const char *nearest_option(struct span word, unsigned command)
{
    const char *near = NULL;
    unsigned nearest = 3;

    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        unsigned distance = span_distance(word, span_of(known[i].name), 2);

        if ((known[i].commands & command) == 0 || distance >= nearest)
            continue;
        near = known[i].name;
        nearest = distance;
    }
    return near;
}

/* "--filtre=x" without its dashes and its value. */
static struct span name_of_option(const char *word)
{
    struct span name = span_of(word), before = name;

    while (span_starts(name, "-"))
        name = span_skip(name, 1);
    before = name;
    return span_find(&name, "=", &before) ? before : name;
}

static void refuse(const struct request *request, unsigned command, int value, const char *word)
{
    const struct known *option = find(value, FOR_ALL);
    const char *near = nearest_option(name_of_option(word), command);

    if (value == ':')
        fprintf(stderr, "heddle: \"%s\" needs an argument\n", word);
    else if (option != NULL)
        fprintf(stderr, "heddle: %s takes no --%s\n", request->command, option->name);
    else
        fprintf(stderr, "heddle: %s knows no option \"%s\"", request->command, word);
    if (value != ':' && option == NULL && near != NULL)
        fprintf(stderr, "; did you mean --%s?", near);
    if (value != ':' && option == NULL)
        fputc('\n', stderr);
}

/* getopt moves "--" before all words. What stood behind it is a program's own. */
static size_t words_behind_dashes(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--") == 0)
            return (size_t)(argc - i - 1);
    return 0;
}

enum options_result options_read(struct request *request, unsigned command, int argc, char **argv)
{
    struct table_of_getopt table;
    int value;

    fill_table(&table);
    request->own_words = words_behind_dashes(argc, argv);
    opterr = 0; /* the messages are ours, and so is the name in them */
    while ((value = getopt_long(argc, argv, table.letters, table.names, NULL)) != -1) {
        const struct known *option = find(value, command);

        if (option == NULL) {
            refuse(request, command, value, argv[optind - 1]);
            return OPTIONS_WRONG;
        }
        if (option->kind == HELP)
            return OPTIONS_HELP;
        if (!apply(request, option, optarg)) {
            fprintf(stderr, "heddle: --%s cannot be \"%s\"; say %s\n", option->name, optarg,
                    wanted(option->kind));
            return OPTIONS_WRONG;
        }
    }
    request->arguments = (const char *const *)&argv[optind];
    request->argument_count = (size_t)(argc - optind);
    return OPTIONS_READ;
}

/* Paths --------------------------------------------------------------------- */

const char *options_path(struct request *request, struct span below, const char *path)
{
    struct span joined = path_join(below, span_of(path), &request->web.arena);

    return arena_copy(&request->web.arena, joined.ptr, joined.len);
}

void options_move(struct request *request, struct span below)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++) {
        const char **field = (const char **)((char *)request + known[i].field);
        bool moved = known[i].kind != PATH || *field == NULL;

        for (size_t j = 0; j < i && !moved; j++) /* a row for another command */
            moved = known[j].kind == PATH && known[j].field == known[i].field;
        if (!moved)
            *field = options_path(request, below, *field);
    }
}

/* Help ---------------------------------------------------------------------- */

enum { ABOUT_COLUMN = 21 };

static void print_option(const struct known *option)
{
    struct span rest = span_of(option->about), line;
    struct buf text = {0};

    buf_adds(&text, "  ");
    if (option->letter != 0)
        buf_addf(&text, "-%c, ", option->letter);
    buf_addf(&text, "--%s%s%s", option->name, option->argument != NULL ? " " : "",
             option->argument != NULL ? option->argument : "");
    while (span_line(&rest, &line)) {
        printf("%-*s%.*s\n", ABOUT_COLUMN, buf_string(&text), SPAN_ARG(line));
        text.len = 0;
    }
    buf_free(&text);
}

void options_print(unsigned command)
{
    for (size_t i = 0; i < KNOWN_COUNT; i++)
        if ((known[i].commands & command) != 0 && known[i].about != NULL)
            print_option(&known[i]);
}
