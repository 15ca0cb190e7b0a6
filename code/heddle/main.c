/*
 * The command line: heddle COMMAND [OPTION...] [ARGUMENT...].
 *
 * Exit status: 0 fine, 1 the book is wrong, 2 usage or system.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bless.h"
#include "book.h"
#include "listing.h"
#include "locate.h"
#include "weave.h"

#define HEDDLE_VERSION "0.1.0"

/* What the options of all commands say. */
struct request {
    const char *command;
    const char *out;            /* -o */
    const char *annotated, *makefile;
    const char *bin, *filter, *deck, *modules, *title;
    unsigned jobs, shard, shards;
    bool check, force, json, quiet, bless;
    const char *const *arguments;
    size_t argument_count;
    struct web web;
    struct diags diags;
    bool diags_are_output;      /* with --json: nothing else goes to stdout */
};

struct command {
    const char *name;
    const char *options;        /* the long options it takes, each in blanks */
    int (*run)(struct request *request);
    const char *usage, *about;
};

/* Ends of a run ------------------------------------------------------------- */

static bool is_colourful(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(fileno(stream)) && (no_colour == NULL || *no_colour == '\0')
        && (term == NULL || strcmp(term, "dumb") != 0);
}

/* What was found, then the memory, then the status. */
static int conclude(struct request *request)
{
    int status = diag_exit_status(&request->diags);
    struct buf json = { 0 };

    if (request->json && request->diags_are_output) {
        diag_print_json(&request->diags, &json);
        printf("%s\n", buf_string(&json));
    } else {
        diag_print(&request->diags, stderr, is_colourful(stderr));
    }
    buf_free(&json);
    chunk_free(&request->web);
    diag_free(&request->diags);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("heddle: cannot write to standard output\n", stderr);
        status = 2;
    }
    return status;
}

static bool load(struct request *request)
{
    return book_load(&request->web, request->arguments, request->argument_count, &request->diags);
}

/* Commands ------------------------------------------------------------------ */

/* Naming one output means only that one; naming none means the usual three. */
static struct book_outputs outputs_of(const struct request *request)
{
    bool usual = request->out == NULL && request->annotated == NULL && request->makefile == NULL;
    struct book_outputs outputs = {
        .code = usual ? "code" : request->out,
        .annotated = usual && !request->check ? "build/annotated" : request->annotated,
        .makefile = usual && !request->check ? "build/book.mk" : request->makefile,
        .check = request->check,
        .whole = request->argument_count == 0,
        .force = request->force,
    };

    return outputs;
}

static int run_tangle(struct request *request)
{
    struct book_outputs outputs = outputs_of(request);
    struct fileset_counts counts = { 0 };

    request->diags_are_output = true;
    if (load(request) && book_tangle(&request->web, &outputs, &counts, &request->diags)
        && !request->quiet && !request->json && !request->check) {
        printf("%zu chapters, %zu chunks: %zu files written, %zu unchanged",
               request->web.chapter_count, request->web.chunk_count, counts.written,
               counts.unchanged);
        printf(counts.removed > 0 ? ", %zu removed\n" : "\n", counts.removed);
    }
    return conclude(request);
}

static int run_check(struct request *request)
{
    const struct book_outputs outputs = {
        .code = request->out != NULL ? request->out : "code",
        .check = true, .whole = request->argument_count == 0,
    };
    struct fileset_counts counts;

    request->diags.strict = true;
    request->diags_are_output = true;
    if (load(request)) {
        struct doctest_list list = { 0 };

        doctest_collect(&list, &request->web, &request->diags);
        doctest_free(&list);
        book_check(&request->web, &request->diags);
        book_tangle(&request->web, &outputs, &counts, &request->diags);
    }
    return conclude(request);
}

static const char *or_usual(const char *given, const char *usual)
{
    return given != NULL ? given : usual;
}

static bool shows_progress(const struct request *request)
{
    return isatty(STDERR_FILENO) && !request->quiet && !request->json;
}

static int run_weave(struct request *request)
{
    struct weave_options options = {
        .deck_dir = or_usual(request->deck, "chapters/deck"),
        .modules_dir = or_usual(request->modules, "build/npm/node_modules"),
        .out_dir = or_usual(request->out, "build/slides"),
        .cache_dir = "build/woven",
        .title = request->title,
        .jobs = request->jobs,
        .progress = shows_progress(request),
    };

    if (load(request)) {
        struct span title = book_title(&request->web);

        if (options.title == NULL)
            options.title = arena_copy(&request->web.arena, title.ptr, title.len);
        weave_book(&request->web, &options, &request->diags);
    }
    return conclude(request);
}

static int bless(struct request *request, const struct doctest_list *list,
                 const struct doctest_options *options)
{
    struct bless_counts counts = { 0 };

    bless_run(list, options, request->force, stdout, &counts, &request->diags);
    if (!request->quiet)
        printf("%zu blocks written in %zu chapters, %zu were right\n", counts.blocks,
               counts.chapters, counts.unchanged);
    return 0;
}

static int run_test(struct request *request)
{
    const struct doctest_options options = {
        .bin = request->bin, .annotated = request->annotated, .code = request->out,
        .filter = request->filter, .shard = request->shard, .shards = request->shards,
        .jobs = request->jobs, .json = request->json, .colour = is_colourful(stdout),
        .progress = shows_progress(request),
    };
    struct doctest_list list = { 0 };
    int status = 0, ended;

    if (load(request) && doctest_collect(&list, &request->web, &request->diags))
        status = request->bless ? bless(request, &list, &options)
                                : doctest_run_all(&list, &options, stdout);
    doctest_free(&list);
    ended = conclude(request);
    return ended > status ? ended : status;
}

static int run_list(struct request *request)
{
    struct buf out = { 0 };

    load(request);
    if (request->json)
        listing_print_json(&request->web, &out);
    else
        listing_print(&request->web, &out);
    fwrite(out.ptr, 1, out.len, stdout);
    buf_free(&out);
    return conclude(request);
}

/* "code/lib/x.c:12" or "...:12:3" into its path and line. */
static bool split_address(const char *address, struct span *path, unsigned *line)
{
    struct span text = span_of(address);
    unsigned long number, column;
    size_t colon = text.len;

    while (colon > 0 && text.ptr[colon - 1] != ':')
        colon--;
    if (colon == 0 || !span_number(span_skip(text, colon), 1u << 30, &number))
        return false;
    *path = (struct span){ text.ptr, colon - 1 };
    for (colon = path->len; colon > 0 && text.ptr[colon - 1] != ':'; colon--)
        ;
    column = number;
    if (colon > 0 && span_number((struct span){ text.ptr + colon, path->len - colon }, 1u << 30,
                                 &number))
        path->len = colon - 1;
    else
        number = column;
    *line = (unsigned)number;
    return true;
}

/* The path below the output folder. */
static struct span below(struct span path, const char *folder)
{
    size_t len = strlen(folder);

    while (span_starts(path, "./"))
        path = span_skip(path, 2);
    if (span_starts(path, folder) && path.len > len && path.ptr[len] == '/')
        return span_skip(path, len + 1);
    return path;
}

static void print_location(const struct request *request, const char *folder,
                           const struct location *location)
{
    struct buf path = { 0 }, json = { 0 };

    buf_addf(&path, "%s%s%.*s", folder, *folder != '\0' ? "/" : "", SPAN_ARG(location->path));
    if (request->json) {
        buf_add_json(&json, buf_span(&path));
        printf("{\"file\": %s, \"line\": %u, \"chunk\": ", buf_string(&json), location->line);
        json.len = 0;
        buf_add_json(&json, location->chunk != NULL ? location->chunk->name : span_of(""));
        printf("%s}\n", buf_string(&json));
    } else {
        printf("%s:%u\n", buf_string(&path), location->line);
    }
    buf_free(&path);
    buf_free(&json);
}

static void report_no_file(struct request *request, struct span path, struct span file)
{
    struct span near;

    diag_add(&request->diags, DIAG_ERROR, (struct place){ 0 }, 0,
             "no chapter makes a file \"%.*s\"", SPAN_ARG(path));
    if (table_nearest(&request->web.paths, file, &near))
        diag_add(&request->diags, DIAG_NOTE, (struct place){ 0 }, 0, "did you mean \"%.*s\"?",
                 SPAN_ARG(near));
}

static void find_in_code(struct request *request, struct span path, unsigned line,
                         const char *folder)
{
    struct location *found;
    size_t count;
    enum locate_result result = locate_in_code(&request->web, path, line, &found, &count);

    if (result == LOCATE_NO_FILE)
        report_no_file(request, path, below(path, folder));
    else if (result == LOCATE_NO_LINE)
        diag_add(&request->diags, DIAG_ERROR, (struct place){ 0 }, 0,
                 "line %u of %.*s is tangled nowhere", line, SPAN_ARG(path));
    for (size_t i = 0; i < count; i++)
        print_location(request, folder, &found[i]);
    free(found);
}

static void find_address(struct request *request, struct span path, unsigned line)
{
    const char *folder = request->out != NULL ? request->out : "code";
    struct location found;
    enum locate_result result = locate_in_chapter(&request->web, below(path, folder), line,
                                                  &found);

    if (result == LOCATE_FOUND)
        print_location(request, "", &found);
    else if (result == LOCATE_NO_LINE)
        diag_add(&request->diags, DIAG_ERROR, (struct place){ 0 }, 0,
                 "%.*s has %u lines, so there is no line %u", SPAN_ARG(path), found.line, line);
    else
        find_in_code(request, path, line, folder);
}

static int run_where(struct request *request)
{
    const char *address = request->argument_count == 1 ? request->arguments[0] : NULL;
    struct span path;
    unsigned line;

    if (address == NULL || !split_address(address, &path, &line)) {
        diag_system(&request->diags, "say which line, as in: heddle where code/lib/x.c:12");
        return conclude(request);
    }
    request->argument_count = 0;
    if (load(request))
        find_address(request, path, line);
    return conclude(request);
}

static const struct command commands[] = {
    { "tangle", " output annotated makefile check force json quiet ", run_tangle,
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
      "  --json             what was found, as a JSON array\n" },
    { "weave", " output deck modules title jobs quiet ", run_weave,
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
      "  -q, --quiet        no progress\n" },
    { "test", " output annotated bin filter shard bless force jobs json quiet ", run_test,
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
      "  --json             results as a JSON object\n" },
    { "check", " output json ", run_check,
      "heddle check [-o DIR] [CHAPTER...]",
      "Hold a book to everything: code/ in step, no warning, no C that nothing\n"
      "compiles, no output that nothing prints, no program without its output.\n" },
    { "where", " output json ", run_where,
      "heddle where FILE:LINE",
      "Say which chapter line a line of code/ comes from; given a line of a chapter,\n"
      "say where in code/ it went.\n" },
    { "list", " json ", run_list,
      "heddle list [CHAPTER...]",
      "List files, programs, chunks and doc tests with the places that define them.\n" },
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

enum option_value { OPT_OUTPUT = 'o', OPT_QUIET = 'q', OPT_HELP = 'h', OPT_JOBS = 'j',
                    OPT_ANNOTATED = 256, OPT_MAKEFILE, OPT_CHECK, OPT_FORCE, OPT_JSON, OPT_BIN,
                    OPT_FILTER, OPT_SHARD, OPT_BLESS, OPT_DECK, OPT_MODULES, OPT_TITLE };

static const struct option long_options[] = {
    { "output", required_argument, NULL, OPT_OUTPUT },
    { "annotated", required_argument, NULL, OPT_ANNOTATED },
    { "makefile", required_argument, NULL, OPT_MAKEFILE },
    { "check", no_argument, NULL, OPT_CHECK },
    { "force", no_argument, NULL, OPT_FORCE },
    { "json", no_argument, NULL, OPT_JSON },
    { "bin", required_argument, NULL, OPT_BIN },
    { "filter", required_argument, NULL, OPT_FILTER },
    { "shard", required_argument, NULL, OPT_SHARD },
    { "bless", no_argument, NULL, OPT_BLESS },
    { "jobs", required_argument, NULL, OPT_JOBS },
    { "deck", required_argument, NULL, OPT_DECK },
    { "modules", required_argument, NULL, OPT_MODULES },
    { "title", required_argument, NULL, OPT_TITLE },
    { "quiet", no_argument, NULL, OPT_QUIET },
    { "help", no_argument, NULL, OPT_HELP },
    { NULL, 0, NULL, 0 },
};

static const char *option_name(int value)
{
    for (const struct option *option = long_options; option->name != NULL; option++)
        if (option->val == value)
            return option->name;
    return "";
}

/* False when the option's argument makes no sense. */
static bool apply_option(struct request *request, int value)
{
    unsigned long jobs = 0;

    switch (value) {
    case OPT_OUTPUT: request->out = optarg; break;
    case OPT_ANNOTATED: request->annotated = optarg; break;
    case OPT_MAKEFILE: request->makefile = optarg; break;
    case OPT_BIN: request->bin = optarg; break;
    case OPT_FILTER: request->filter = optarg; break;
    case OPT_DECK: request->deck = optarg; break;
    case OPT_MODULES: request->modules = optarg; break;
    case OPT_TITLE: request->title = optarg; break;
    case OPT_CHECK: request->check = true; break;
    case OPT_FORCE: request->force = true; break;
    case OPT_JSON: request->json = true; break;
    case OPT_QUIET: request->quiet = true; break;
    case OPT_BLESS: request->bless = true; break;
    case OPT_SHARD: return doctest_parse_shard(optarg, &request->shard, &request->shards);
    case OPT_JOBS:
        if (!span_number(span_of(optarg), 1000, &jobs) || jobs == 0)
            return false;
        request->jobs = (unsigned)jobs;
        break;
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

    opterr = 0;             /* the messages are ours, and so is the name in them */
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
                    value == OPT_SHARD ? "K/N, such as 3/8" : "a number from 1 to 1000");
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
    struct request request = { 0 };
    int status;

    setvbuf(stderr, NULL, _IOFBF, BUFSIZ);      /* a wrong book may have 100,000 errors */
    if (argc < 2) {
        fputs("heddle: say what to do; heddle --help lists the commands\n", stderr);
        return 2;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("heddle " HEDDLE_VERSION);
        return 0;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0
        || strcmp(argv[1], "help") == 0) {
        print_help();
        return 0;
    }
    command = find_command(argv[1]);
    if (command == NULL)
        return unknown_command(argv[1]);
    request.command = command->name;
    argv[1] = program;                      /* getopt's messages begin with it */
    status = read_options(&request, command, argc - 1, argv + 1);
    return status >= 0 ? status : command->run(&request);
}
