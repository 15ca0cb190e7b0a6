/*
 * The command line: heddle COMMAND [OPTION...] [ARGUMENT...].
 *
 * Exit status: 0 fine, 1 the book is wrong, 2 usage or system.
 */
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "heddle/commands.h"
#include "heddle/doctest/doctest.h"

#define HEDDLE_VERSION "0.1.0"

struct command {
    const char *name;
    const char *options; /* the long options it takes, each in blanks */
    int (*run)(struct request *request);
    const char *usage, *about;
};

static const struct command commands[] = {
    {"tangle", " output annotated makefile check force json quiet ", run_tangle,
     "heddle tangle [-o DIR] [--annotated DIR] [--makefile FILE] [--check] [--force] [CHAPTER...]",
     "Write the files that the chapters hold: clean ones to code/, their twins with\n"
     "#line to build/annotated/, and build/book.mk for Make. Naming one output writes\n"
     "only that. Nothing is written when anything is wrong, and nothing that did not\n"
     "change.\n"
     "\n"
     "  -o, --output DIR   the clean files\n"
     "  --annotated DIR    the annotated files\n"
     "  --makefile FILE    what is made from what\n"
     "  --check            write nothing; fail when code/ is out of step\n"
     "  --force            overwrite files that were edited by hand\n"
     "  -q, --quiet        say nothing when all is well\n"
     "  --json             what was found, as a JSON array\n"},
    {"weave", " output deck modules title jobs quiet ", run_weave,
     "heddle weave [-o DIR] [--deck DIR] [--modules DIR] [--title TEXT] [CHAPTER...]",
     "Make build/slides/index.html of the chapters: slides, book and sheets in one\n"
     "page, and a page for each file of code/. Needs pandoc.\n"
     "\n"
     "  -o, --output DIR   where the pages go\n"
     "  --deck DIR         template, theme and script (chapters/deck)\n"
     "  --modules DIR      reveal.js and the fonts, as npm puts them\n"
     "                     (build/npm/node_modules)\n"
     "  --title TEXT       what stands on the first slide; otherwise the first\n"
     "                     `title:` of a front matter, or the first heading\n"
     "  -j, --jobs N       chapters at the same time\n"
     "  -q, --quiet        no progress\n"},
    {"test", " output annotated bin filter shard bless force jobs json quiet ", run_test,
     "heddle test [--filter TEXT] [--shard K/N] [-j N] [--bless] [CHAPTER...]",
     "Run the book's programs and compare what they print with what the chapters\n"
     "say; compile its fragments; see that what must not compile does not.\n"
     "\n"
     "  --filter TEXT      only tests with TEXT in their name\n"
     "  --shard K/N        only every N-th test, from the K-th\n"
     "  -j, --jobs N       tests at the same time; one a processor otherwise\n"
     "  --bless            write what differs into the chapters, showing it\n"
     "  --force            ... also over edits that git does not have yet\n"
     "  --bin DIR          the programs (build/bin)\n"
     "  --annotated DIR    their sources (build/annotated)\n"
     "  -o, --output DIR   the clean code, for headers (code)\n"
     "  -q, --quiet        no progress\n"
     "  --json             results as a JSON object\n"},
    {"explore", " json record svg replay trace gdb runs seconds steps bound spurious reduce jobs ",
     run_explore,
     "heddle explore [--json] [--bound N] [--replay SCHEDULE] PROGRAM [-- ARGUMENT...]",
     "Run a program in every order that its threads can take, and list all that it\n"
     "can print and how it can end. Make builds it first. A PROGRAM with a slash in\n"
     "its name is a path.\n"
     "\n"
     "  --record FILE      write what is found into a file, for outcomes blocks\n"
     "  --replay SCHEDULE  run it once, in that order\n"
     "  --trace SCHEDULE   ... and print each step\n"
     "  --svg SCHEDULE     ... and draw it, as SVG\n"
     "  --gdb SCHEDULE     ... in the debugger\n"
     "  --bound N          only orders with at most N preemptions\n"
     "  --spurious N       each thread may be woken N times for nothing\n"
     "  --runs N           stop after N runs\n"
     "  --seconds N        stop after N seconds\n"
     "  --steps N          the most steps of one run (5000)\n"
     "  --reduce WHAT      nothing, sleep or all: what need not be run twice (all)\n"
     "  -j, --jobs N       runs at the same time (4)\n"
     "  --json             the result as a JSON object\n"},
    {"check", " output json ", run_check, "heddle check [-o DIR] [CHAPTER...]",
     "Hold a book to everything: code/ in step, no warning, no C that nothing\n"
     "compiles, no output that nothing prints, no program without its output.\n"},
    {"where", " output json ", run_where, "heddle where FILE:LINE",
     "Say which chapter line a line of code/ comes from; given a line of a chapter,\n"
     "say where in code/ it went.\n"},
    {"list", " json ", run_list, "heddle list [CHAPTER...]",
     "List files, programs, chunks and doc tests with the places that define them.\n"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

/* The command line ---------------------------------------------------------- */

static void print_help(void)
{
    puts("heddle: literate programs that are proven\n"
         "\n"
         "usage: heddle COMMAND [OPTION...] [CHAPTER...]\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        const char *end = strpbrk(commands[i].about, ".:;");

        printf("  %-8s %.*s\n", commands[i].name, (int)(end - commands[i].about),
               commands[i].about);
    }
    puts("\n"
         "CHAPTER is a Markdown file or a folder of them; without one, chapters/.\n"
         "heddle COMMAND --help says more; heddle --version says which heddle this is.\n"
         "Exit status: 0 fine, 1 the book is wrong, 2 usage or system.");
}

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    fprintf(stderr, "heddle: there is no command \"%s\"", name);
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        if (span_distance(span_of(name), span_of(commands[i].name), 2) <= 2) {
            fprintf(stderr, "; did you mean \"%s\"?", commands[i].name);
            break;
        }
    fputs("\nheddle --help lists them\n", stderr);
    return 2;
}

static bool takes(const struct command *command, const char *option)
{
    char padded[32];

    snprintf(padded, sizeof padded, " %s ", option);
    return strstr(command->options, padded) != NULL;
}

enum option_value {
    OPT_OUTPUT = 'o',
    OPT_QUIET = 'q',
    OPT_HELP = 'h',
    OPT_JOBS = 'j',
    OPT_ANNOTATED = 256,
    OPT_MAKEFILE,
    OPT_CHECK,
    OPT_FORCE,
    OPT_JSON,
    OPT_BIN,
    OPT_FILTER,
    OPT_SHARD,
    OPT_BLESS,
    OPT_DECK,
    OPT_MODULES,
    OPT_TITLE,
    OPT_REPLAY,
    OPT_TRACE,
    OPT_GDB,
    OPT_RUNS,
    OPT_SECONDS,
    OPT_STEPS,
    OPT_BOUND,
    OPT_SPURIOUS,
    OPT_REDUCE,
    OPT_RECORD,
    OPT_SVG
};

static const struct option long_options[] = {
    {"output", required_argument, NULL, OPT_OUTPUT},
    {"annotated", required_argument, NULL, OPT_ANNOTATED},
    {"makefile", required_argument, NULL, OPT_MAKEFILE},
    {"check", no_argument, NULL, OPT_CHECK},
    {"force", no_argument, NULL, OPT_FORCE},
    {"json", no_argument, NULL, OPT_JSON},
    {"bin", required_argument, NULL, OPT_BIN},
    {"filter", required_argument, NULL, OPT_FILTER},
    {"shard", required_argument, NULL, OPT_SHARD},
    {"bless", no_argument, NULL, OPT_BLESS},
    {"jobs", required_argument, NULL, OPT_JOBS},
    {"deck", required_argument, NULL, OPT_DECK},
    {"modules", required_argument, NULL, OPT_MODULES},
    {"title", required_argument, NULL, OPT_TITLE},
    {"svg", required_argument, NULL, OPT_SVG},
    {"record", required_argument, NULL, OPT_RECORD},
    {"replay", required_argument, NULL, OPT_REPLAY},
    {"trace", required_argument, NULL, OPT_TRACE},
    {"gdb", required_argument, NULL, OPT_GDB},
    {"runs", required_argument, NULL, OPT_RUNS},
    {"seconds", required_argument, NULL, OPT_SECONDS},
    {"steps", required_argument, NULL, OPT_STEPS},
    {"bound", required_argument, NULL, OPT_BOUND},
    {"spurious", required_argument, NULL, OPT_SPURIOUS},
    {"reduce", required_argument, NULL, OPT_REDUCE},
    {"quiet", no_argument, NULL, OPT_QUIET},
    {"help", no_argument, NULL, OPT_HELP},
    {NULL, 0, NULL, 0},
};

static const char *option_name(int value)
{
    for (const struct option *option = long_options; option->name != NULL; option++)
        if (option->val == value)
            return option->name;
    return "";
}

/* Options whose value is a number for the explored program. */
static const char **number_of(struct request *request, int value)
{
    switch (value) {
    case OPT_RUNS:
        return &request->explore.runs;
    case OPT_SECONDS:
        return &request->explore.seconds;
    case OPT_STEPS:
        return &request->explore.steps;
    case OPT_BOUND:
        return &request->explore.bound;
    case OPT_SPURIOUS:
        return &request->explore.spurious;
    default:
        return NULL;
    }
}

static bool apply_explore(struct request *request, int value)
{
    struct launch_options *explore = &request->explore;
    const char **number = number_of(request, value);
    unsigned long unused;

    switch (value) {
    case OPT_SVG:
        explore->svg = optarg;
        break;
    case OPT_RECORD:
        explore->record = optarg;
        break;
    case OPT_REPLAY:
        explore->replay = optarg;
        break;
    case OPT_TRACE:
        explore->trace = optarg;
        break;
    case OPT_GDB:
        explore->replay = optarg;
        explore->gdb = true;
        break;
    case OPT_REDUCE:
        explore->reduce = optarg;
        break;
    }
    if (number != NULL)
        *number = optarg;
    return number == NULL || span_number(span_of(optarg), 1000000000, &unused);
}

/* False when the option's argument makes no sense. */
static bool apply_option(struct request *request, int value)
{
    unsigned long jobs = 0;

    switch (value) {
    case OPT_OUTPUT:
        request->out = optarg;
        break;
    case OPT_ANNOTATED:
        request->annotated = optarg;
        break;
    case OPT_MAKEFILE:
        request->makefile = optarg;
        break;
    case OPT_BIN:
        request->bin = optarg;
        break;
    case OPT_FILTER:
        request->filter = optarg;
        break;
    case OPT_DECK:
        request->deck = optarg;
        break;
    case OPT_MODULES:
        request->modules = optarg;
        break;
    case OPT_TITLE:
        request->title = optarg;
        break;
    case OPT_CHECK:
        request->check = true;
        break;
    case OPT_FORCE:
        request->force = true;
        break;
    case OPT_JSON:
        request->json = request->explore.json = true;
        break;
    case OPT_QUIET:
        request->quiet = true;
        break;
    case OPT_BLESS:
        request->bless = true;
        break;
    case OPT_SHARD:
        return doctest_parse_shard(optarg, &request->shard, &request->shards);
    case OPT_JOBS:
        if (!span_number(span_of(optarg), 1000, &jobs) || jobs == 0)
            return false;
        request->jobs = (unsigned)jobs;
        request->explore.jobs = optarg;
        break;
    default:
        return apply_explore(request, value);
    }
    return true;
}

static void refuse_option(const struct command *command, int value, const char *word)
{
    if (value == ':')
        fprintf(stderr, "heddle: \"%s\" needs an argument\n", word);
    else if (value != '?')
        fprintf(stderr, "heddle: %s takes no --%s\n", command->name, option_name(value));
    else
        fprintf(stderr, "heddle: %s knows no option \"%s\"\n", command->name, word);
    fprintf(stderr, "usage: %s\n", command->usage);
}

/* -1: go on; else the exit status. */
static int read_options(struct request *request, const struct command *command, int argc,
                        char **argv)
{
    int value;

    opterr = 0; /* the messages are ours, and so is the name in them */
    while ((value = getopt_long(argc, argv, ":o:j:qh", long_options, NULL)) != -1) {
        if (value == OPT_HELP) {
            printf("usage: %s\n\n%s", command->usage, command->about);
            return 0;
        }
        if (value == '?' || value == ':' || !takes(command, option_name(value))) {
            refuse_option(command, value, argv[optind - 1]);
            return 2;
        }
        if (!apply_option(request, value)) {
            fprintf(stderr, "heddle: --%s cannot be \"%s\"; say %s\n", option_name(value), optarg,
                    value == OPT_SHARD  ? "K/N, such as 3/8"
                    : value == OPT_JOBS ? "a number from 1 to 1000"
                                        : "a number");
            return 2;
        }
    }
    request->arguments = (const char *const *)&argv[optind];
    request->argument_count = (size_t)(argc - optind);
    return -1;
}

int main(int argc, char **argv)
{
    static char program[] = "heddle";
    const struct command *command;
    struct request request = {0};
    int status;

    setvbuf(stderr, NULL, _IOFBF, BUFSIZ); /* a wrong book may have 100,000 errors */
    if (argc < 2) {
        fputs("heddle: say what to do; heddle --help lists the commands\n", stderr);
        return 2;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("heddle " HEDDLE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0) {
        print_help();
        return 0;
    }
    command = find_command(argv[1]);
    if (command == NULL)
        return unknown_command(argv[1]);
    request.command = command->name;
    argv[1] = program; /* getopt's messages begin with it */
    status = read_options(&request, command, argc - 1, argv + 1);
    return status >= 0 ? status : command->run(&request);
}
