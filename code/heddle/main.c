/*
 * The command line: heddle COMMAND [OPTION...] [ARGUMENT...].
 *
 * Exit status: 0 fine, 1 the book is wrong, 2 usage or system.
 */
#include <stdio.h>
#include <string.h>

#include "heddle/options.h"

#define HEDDLE_VERSION "0.1.0"

struct command {
    const char *name;
    unsigned bit; /* among those that options.h lists */
    int (*run)(struct request *request);
    const char *usage, *about;
};

static const struct command commands[] = {
    {"tangle", FOR_TANGLE, run_tangle,
     "heddle tangle [-o DIR] [--annotated DIR] [--makefile FILE] [--check] [--force] [CHAPTER...]",
     "Write the files that the chapters hold: clean ones to code/, their twins with\n"
     "#line to build/annotated/, and build/book.mk for Make. Naming one output writes\n"
     "only that. Nothing is written when anything is wrong, and nothing that did not\n"
     "change.\n"},
    {"weave", FOR_WEAVE, run_weave,
     "heddle weave [-o DIR] [--deck DIR] [--modules DIR] [--title TEXT] [CHAPTER...]",
     "Make build/slides/index.html of the chapters: slides, book and sheets in one\n"
     "page, and a page for each file of code/. Needs pandoc.\n"},
    {"test", FOR_TEST, run_test,
     "heddle test [--filter TEXT] [--shard K/N] [-j N] [--bless] [CHAPTER...]",
     "Run the book's programs and compare what they print with what the chapters\n"
     "say; compile its fragments; see that what must not compile does not.\n"},
    {"explore", FOR_EXPLORE, run_explore,
     "heddle explore [--json] [--bound N] [--replay SCHEDULE] PROGRAM [-- ARGUMENT...]",
     "Run a program in every order that its threads can take, and list all that it\n"
     "can print and how it can end. Make builds it first. A PROGRAM with a slash in\n"
     "its name is a path.\n"
     "\n"
     "Ends with status 0 when all was explored and nothing is wrong; 1 when something\n"
     "is: a deadlock, a race, a crash; 2 for usage, the system, or a program that\n"
     "cannot be explored; 3 when the list is not proven to be every outcome.\n"},
    {"check", FOR_CHECK, run_check, "heddle check [-o DIR] [CHAPTER...]",
     "Hold a book to everything: code/ in step, no warning, no C that nothing\n"
     "compiles, no output that nothing prints, no program without its output.\n"},
    {"where", FOR_WHERE, run_where, "heddle where FILE:LINE",
     "Say which chapter line a line of code/ comes from; given a line of a chapter,\n"
     "say where in code/ it went.\n"},
    {"list", FOR_LIST, run_list, "heddle list [CHAPTER...]",
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

static int run(const struct command *command, struct request *request, int argc, char **argv)
{
    request->command = command->name;
    switch (options_read(request, command->bit, argc, argv)) {
    case OPTIONS_READ:
        return command->run(request);
    case OPTIONS_HELP:
        printf("usage: %s\n\n%s\n", command->usage, command->about);
        options_print(command->bit);
        return 0;
    case OPTIONS_WRONG:
        break;
    }
    fprintf(stderr, "usage: %s\n", command->usage);
    return 2;
}

int main(int argc, char **argv)
{
    const struct command *command;
    struct request request = {0};

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
    return run(command, &request, argc - 1, argv + 1);
}
