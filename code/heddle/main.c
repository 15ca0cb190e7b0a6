/*
 * The command line: heddle COMMAND [OPTION...] [ARGUMENT...].
 *
 * Exit status: 0 fine, 1 the book is wrong, 2 usage or system.
 */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "heddle/commands.h"
#include "heddle/loose.h"
#include "heddle/options.h"
#include "heddle/web/root.h"

#define HEDDLE_VERSION "0.1.0"

struct command {
    const char *name;
    unsigned bit; /* among those that options.h lists */
    int (*run)(struct request *request);
    const char *usage;
    const char *brief; /* one line */
    const char *about; /* whole lines */
};

static const struct command commands[] = {
    {"new", FOR_NEW, run_new, "heddle new FOLDER", "begin a book of your own",
     "Make a folder that is a book: two short chapters that show each kind of block, a\n"
     "Makefile for them, and a first commit where there is git. A folder that holds\n"
     "something already is refused.\n"},
    {"tangle", FOR_TANGLE, run_tangle,
     "heddle tangle [-o DIR] [--annotated DIR] [--makefile FILE] [--check] [--force] [CHAPTER...]",
     "write the files that the chapters hold",
     "Write the files that the chapters hold: clean ones to code/, their twins with\n"
     "#line to build/annotated/, and build/book.mk for Make. Naming one output writes\n"
     "only that. Nothing is written when anything is wrong, and nothing that did not\n"
     "change.\n"},
    {"stitch", FOR_STITCH, run_stitch, "heddle stitch [-n] [-o DIR] [--text] [--force] [FILE...]",
     "fold edits of code/ back into the chapters",
     "Fold what was edited in code/ back into the chapters, each line into the block\n"
     "that it comes from, and show what changes. All or nothing: where one line cannot be\n"
     "folded, it is named, and nothing is written. A FILE is one of code/; without one,\n"
     "all that were edited.\n"},
    {"weave", FOR_WEAVE, run_weave,
     "heddle weave [-o DIR] [--deck DIR] [--modules DIR] [--title TEXT] [CHAPTER...]",
     "make pages of the chapters",
     "Make build/slides/index.html of the chapters: slides, book and sheets in one\n"
     "page, and a page for each file of code/. Needs pandoc.\n"},
    {"serve", FOR_SERVE, run_serve, "heddle serve [--port N] [--open] [--isolate] [BOOK]",
     "show a book in a browser as its chapters change, and edit it there",
     "Weave the pages, show them in a browser, and weave and show them again whenever a\n"
     "chapter is saved. Behind the page its code is compiled, run, compared and explored, and\n"
     "each listing says where it stands. Key I edits the chapter beside the page. BOOK is a\n"
     "folder with chapters/ in it, a folder of Markdown, or a file.\n"
     "\n"
     "It answers this machine alone, and only who has the address with its key. Chapters'\n"
     "programs run with your rights, as they do under heddle test.\n"},
    {"test", FOR_TEST, run_test,
     "heddle test [--filter TEXT] [--shard K/N] [-j N] [--junit FILE] [--bless] [CHAPTER...]",
     "run the book's programs and compare what they print",
     "Run the book's programs and compare what they print with what the chapters\n"
     "say; compile its fragments; see that what must not compile does not.\n"},
    {"explore", FOR_EXPLORE, run_explore,
     "heddle explore [--json] [--bound N] [--replay SCHEDULE] PROGRAM [-- ARGUMENT...]\n"
     "       heddle explore [--cflags FLAGS] [--link LIBS] FILE.c... [-- ARGUMENT...]\n"
     "       heddle explore --merge FILE...",
     "run a program in every order that its threads can take",
     "Run a program in every order that its threads can take, and list all that it\n"
     "can print and how it can end. Make builds it first. A PROGRAM is one of the\n"
     "book's; with a slash in its name, one that was built before. Files in C or C++\n"
     "are a program of no book, and nothing is written where they are.\n"
     "\n"
     "Ends with status 0 when all was explored and nothing is wrong; 1 when something\n"
     "is: a deadlock, a race, a crash; 2 for usage, the system, or a program that\n"
     "cannot be explored; 3 when the list is not proven to be every outcome.\n"},
    {"try", FOR_TRY, run_try, "heddle try [EXERCISE [FILE]]", "judge an answer to an exercise",
     "Judge an answer to an exercise: FILE, or EXERCISE.c, which is written when it is\n"
     "not there, with a hole to fill. Without a word, list the exercises. What is still\n"
     "wrong is said, with the order of the threads that shows it.\n"
     "\n"
     "Ends with status 0 when the answer is right, 1 when it is not, 2 for usage or the\n"
     "system.\n"},
    {"check", FOR_CHECK, run_check, "heddle check [-o DIR] [CHAPTER...]",
     "hold a book to everything that can be checked",
     "Hold a book to everything: code/ in step, no warning, no C that nothing\n"
     "compiles, no output that nothing prints, no program without its output.\n"},
    {"where", FOR_WHERE, run_where, "heddle where FILE:LINE",
     "say which chapter line a line of code comes from",
     "Say which chapter line a line of code/ comes from; given a line of a chapter,\n"
     "say where in code/ it went.\n"},
    {"list", FOR_LIST, run_list, "heddle list [CHAPTER...]",
     "list files, programs, chunks and doc tests",
     "List files, programs, chunks and doc tests with the places that define them.\n"},
    {"tags", FOR_TAGS, run_tags, "heddle tags [--emacs] [-- COMPILER FLAG...]",
     "write what editors look for: tags and compile_commands.json",
     "Write tags, by which an editor goes to the chunk, function or type of a name in its\n"
     "chapter, and build/compile_commands.json, by which clangd knows how each file of\n"
     "code/ is compiled: with this compiler and these flags (cc -std=c17 -pthread -Wall\n"
     "-Wextra), and what its chapter says.\n"},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

/* The command line ---------------------------------------------------------- */

static void print_help(void)
{
    puts("heddle: literate programs that are proven\n"
         "\n"
         "usage: heddle COMMAND [OPTION...] [CHAPTER...]\n");
    for (size_t i = 0; i < COMMAND_COUNT; i++)
        printf("  %-8s %s\n", commands[i].name, commands[i].brief);
    puts("\n"
         "CHAPTER is a Markdown file or a folder of them; without one, chapters/ here or in\n"
         "the nearest folder above. heddle help COMMAND says more, man heddle the rest;\n"
         "heddle --version says which heddle this is.\n"
         "\n"
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
    unsigned nearest = span_distance(span_of(name), span_of("help"), 2);
    const char *near = nearest <= 2 ? "help" : NULL;

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        unsigned distance = span_distance(span_of(name), span_of(commands[i].name), 2);

        if (distance < nearest) {
            near = commands[i].name;
            nearest = distance;
        }
    }
    fprintf(stderr, "heddle: there is no command \"%s\"", name);
    if (near != NULL)
        fprintf(stderr, "; did you mean \"%s\"?", near);
    fputs("\nheddle help lists them\n", stderr);
    return 2;
}

static int print_command_help(const struct command *command)
{
    printf("usage: %s\n\n%s\n", command->usage, command->about);
    options_print(command->bit);
    return 0;
}

/* heddle help, heddle help COMMAND. */
static int help(const char *name)
{
    const struct command *command = name != NULL ? find_command(name) : NULL;

    if (command != NULL)
        return print_command_help(command);
    if (name != NULL)
        return unknown_command(name);
    print_help();
    return 0;
}

/* Where the book is ----------------------------------------------------------- */

/* Chapters elsewhere are a book of their own, made where we stand. */
static bool are_of_book(struct request *request, unsigned command, struct span below)
{
    for (size_t i = 0; i < request->argument_count && (command & FOR_CHAPTERS) != 0; i++)
        if (!span_starts(span_of(options_path(request, below, request->arguments[i])), "chapters/"))
            return false;
    if (command == FOR_NEW || (command == FOR_SERVE && request->argument_count > 0))
        return false;
    return command != FOR_EXPLORE || request->argument_count == 0 ||
           (strchr(request->arguments[0], '/') == NULL && !loose_is_source(request->arguments[0]));
}

static void move_arguments(struct request *request, size_t first, struct span below)
{
    const char **moved =
        arena_array(&request->web.arena, request->argument_count + 1, sizeof *moved);

    for (size_t i = 0; i < request->argument_count; i++)
        moved[i] =
            i < first ? request->arguments[i] : options_path(request, below, request->arguments[i]);
    request->arguments = moved;
}

/* As git does: what is called from within a book is about that book. What the
 * command line names is seen from where it was typed. */
static void enter_book(struct request *request, unsigned command)
{
    struct span below = root_find(&request->web.arena);
    char here[4096];

    if (below.len == 0 || !are_of_book(request, command, below) || !root_enter(below))
        return;
    options_move(request, below);
    request->below = below;
    if (command != FOR_EXPLORE || request->explore.merge)
        move_arguments(request, command == FOR_TRY, below); /* an exercise is no path */
    if (!request->quiet && getcwd(here, sizeof here) != NULL)
        fprintf(stderr, "heddle: Entering directory '%s'\n", here); /* as Make says it */
}

static int run(const struct command *command, struct request *request, int argc, char **argv)
{
    request->command = command->name;
    switch (options_read(request, command->bit, argc, argv)) {
    case OPTIONS_READ:
        enter_book(request, command->bit);
        return command->run(request);
    case OPTIONS_HELP:
        return print_command_help(command);
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
        fputs("heddle: say what to do; heddle help lists the commands\n", stderr);
        return 2;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("heddle " HEDDLE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
        strcmp(argv[1], "help") == 0)
        return help(argc > 2 ? argv[2] : NULL);
    command = find_command(argv[1]);
    if (command == NULL)
        return unknown_command(argv[1]);
    return run(command, &request, argc - 1, argv + 1);
}
