#include "heddle/commands.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/doctest/bless.h"
#include "heddle/doctest/exercise.h"
#include "heddle/new.h"
#include "heddle/outcomes/parts.h"
#include "heddle/pages/weave.h"
#include "heddle/read/entangled.h"
#include "heddle/serve/serve.h"
#include "heddle/stitch/apply.h"
#include "heddle/stitch/edits.h"
#include "heddle/system/sandbox.h"
#include "heddle/tangle/list.h"
#include "heddle/tangle/locate.h"
#include "heddle/web/baseline.h"
#include "heddle/web/check.h"
#include "heddle/web/load.h"
#include "heddle/web/title.h"

/* Ends of a run ------------------------------------------------------------- */

static bool is_colourful(FILE *stream)
{
    const char *no_colour = getenv("NO_COLOR"), *term = getenv("TERM");

    return isatty(fileno(stream)) && (no_colour == NULL || *no_colour == '\0') &&
           (term == NULL || strcmp(term, "dumb") != 0);
}

/* What was found, then the memory, then the status. */
static int conclude(struct request *request)
{
    int status = diag_exit_status(&request->diags);
    struct buf json = {0};

    if (request->json && request->diags_are_output) {
        diag_print_json(&request->diags, &json);
        printf("%s\n", buf_string(&json));
    } else {
        diag_print(&request->diags, stderr, is_colourful(stderr));
    }
    buf_free(&json);
    web_free(&request->web);
    diag_free(&request->diags);
    if (fflush(stdout) != 0 || ferror(stdout)) {
        fputs("heddle: cannot write to standard output\n", stderr);
        status = 2;
    }
    return status;
}

static bool load(struct request *request)
{
    return web_load(&request->web, request->arguments, request->argument_count, &request->diags);
}

static const char *plural(size_t count)
{
    return count == 1 ? "" : "s";
}

/* Commands ------------------------------------------------------------------ */

/* What another tool's settings say is lost; chunks, when they change the fences. */
static void mention_entangled(struct request *request)
{
    struct span text;
    enum entangled_fences fences;

    if (!file_exists("entangled.toml") ||
        !file_read(&request->web.arena, "entangled.toml", &text, &request->diags))
        return;
    fences = entangled_fences(text);
    if (fences == ENTANGLED_OTHER)
        diag_add(&request->diags, DIAG_WARNING, (struct place){0}, 0,
                 "entangled.toml is not read, and its [markers] change what a fence is; "
                 "write attributes into braces");
    else if (!request->quiet)
        diag_add(&request->diags, DIAG_NOTE, (struct place){0}, 0,
                 fences == ENTANGLED_BARE
                     ? "of entangled.toml only the form of fences is read; chapters are what the "
                       "command line names"
                     : "entangled.toml is not read; chapters are what the command line names");
}

static void warn_of_unread(struct request *request)
{
    const struct census census = web_count(&request->web);
    struct buf line = {0};

    if (census.unread > 0 && request->diags.errors == 0) {
        census_print(&census, &line);
        diag_add(&request->diags, DIAG_WARNING, (struct place){0}, 0, "%s", buf_string(&line));
    }
    buf_free(&line);
}

/* Naming one output means only that one; naming none means the usual three. */
static struct outputs outputs_of(const struct request *request)
{
    bool usual = request->out == NULL && request->annotated == NULL && request->makefile == NULL;
    struct outputs outputs = {
        .code = usual ? "code" : request->out,
        .annotated = usual && !request->check ? "build/annotated" : request->annotated,
        .makefile = usual && !request->check ? "build/book.mk" : request->makefile,
        .check = request->check,
        .whole = request->argument_count == 0,
        .force = request->force,
    };

    return outputs;
}

int run_tangle(struct request *request)
{
    struct outputs outputs = outputs_of(request);
    struct fileset_counts counts = {0};

    request->diags_are_output = true;
    mention_entangled(request);
    if (load(request) && outputs_write(&request->web, &outputs, &counts, &request->diags) &&
        !request->quiet && !request->json && !request->check) {
        printf("%zu chapter%s, %zu chunk%s: %zu file%s written, %zu unchanged",
               request->web.chapter_count, plural(request->web.chapter_count),
               request->web.chunk_count, plural(request->web.chunk_count), counts.written,
               plural(counts.written), counts.unchanged);
        printf(counts.removed > 0 ? ", %zu removed\n" : "\n", counts.removed);
    }
    warn_of_unread(request);
    return conclude(request);
}

static void print_census(const struct request *request)
{
    const struct census census = web_count(&request->web);
    struct buf line = {0};

    census_print(&census, &line);
    printf("%s\n", buf_string(&line));
    buf_free(&line);
}

/* What is known stays the most that there may be: none of it is new. */
static void check_blocks(struct request *request)
{
    struct span known = span_of("");
    struct buf now = {0};
    bool first = !file_exists(BASELINE_FILE);

    if (!first && !file_read(&request->web.arena, BASELINE_FILE, &known, &request->diags))
        return;
    if (request->baseline && first) {
        struct diags ignored = {0};

        web_check(&request->web, known, &now, &ignored);
        diag_free(&ignored);
        known = buf_take(&now, &request->web.arena);
        now.len = 0;
    }
    if (web_check(&request->web, known, &now, &request->diags) && request->baseline)
        file_replace(BASELINE_FILE, buf_span(&now), &request->diags);
    buf_free(&now);
}

int run_check(struct request *request)
{
    const struct outputs outputs = {
        .code = request->out != NULL ? request->out : "code",
        .check = true,
        .whole = request->argument_count == 0,
    };
    struct fileset_counts counts;

    request->diags.strict = true;
    request->diags_are_output = true;
    mention_entangled(request);
    if (load(request)) {
        struct doctest_list list = {0};

        doctest_collect(&list, &request->web, &request->diags);
        doctest_free(&list);
        check_blocks(request);
        outputs_write(&request->web, &outputs, &counts, &request->diags);
        if (!request->quiet && !request->json)
            print_census(request);
    }
    return conclude(request);
}

static const char *or_usual(const char *given, const char *usual)
{
    return given != NULL ? given : usual;
}

/* This program's file, as the kernel has it: proc(5). */
static const char *own_path(struct request *request)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path);

    return len > 0 && (size_t)len < sizeof path ? arena_copy(&request->web.arena, path, (size_t)len)
                                                : "/usr/local/bin/heddle";
}

/* A folder as this program's own file sees it. */
static const char *beside_us(struct request *request, const char *way, const char *folder)
{
    struct buf path = {0};

    buf_add(&path, path_folder(span_of(own_path(request))));
    buf_addf(&path, "/%s/%s", way, folder);
    return buf_take(&path, &request->web.arena).ptr;
}

/* A book's own folder when it has one; else what was installed with heddle, or
 * what stands in the tree that heddle was built in. Where that is, the program
 * finds by its own place, so that it may be moved. */
static const char *or_installed(struct request *request, const char *given, const char *usual,
                                const char *installed)
{
    const char *share = beside_us(request, "../share/heddle", installed);
    const char *tree = beside_us(request, "../..", usual);

    return given != NULL                              ? given
           : file_exists(usual)                       ? usual
           : !file_exists(share) && file_exists(tree) ? tree
                                                      : share;
}

/* heddle's own deck, whatever the book has. */
static const char *own_deck(struct request *request)
{
    const char *share = beside_us(request, "../share/heddle", "deck");
    const char *tree = beside_us(request, "../..", "chapters/deck");

    return !file_exists(share) && file_exists(tree) ? tree : share;
}

static bool shows_progress(const struct request *request)
{
    return isatty(STDERR_FILENO) && !request->quiet && !request->json;
}

int run_weave(struct request *request)
{
    struct weave_options options = {
        .deck_dir = or_installed(request, request->deck, "chapters/deck", "deck"),
        .modules_dir = or_installed(request, request->modules, "build/npm/node_modules", "modules"),
        .out_dir = or_usual(request->out, "build/slides"),
        .cache_dir = "build/woven",
        .explored = "build/explore",
        .twins = "build/plain",
        .title = request->title,
        .jobs = request->jobs,
        .places = request->places,
        .progress = shows_progress(request),
    };

    if (load(request)) {
        struct span title = web_title(&request->web);
        struct span subtitle = web_front_value(&request->web, "subtitle");

        if (options.title == NULL)
            options.title =
                title.len > 0 ? arena_copy(&request->web.arena, title.ptr, title.len) : "Untitled";
        options.slides = weave_slides_of(&request->web);
        options.book_apart = span_is(web_front_value(&request->web, "apart"), "book");
        if (subtitle.len > 0)
            options.subtitle = arena_copy(&request->web.arena, subtitle.ptr, subtitle.len);
        if (weave_book(&request->web, &options, &request->diags) && !request->quiet)
            printf("open %s/index.html in a browser\n", options.out_dir);
    }
    return conclude(request);
}

static int bless(struct request *request, const struct doctest_list *list,
                 const struct doctest_options *options)
{
    struct bless_counts counts = {0};

    bless_run(list, options, request->force, stdout, &counts, &request->diags);
    if (!request->quiet)
        printf("%zu block%s written in %zu chapter%s, %zu right already, %zu not written\n",
               counts.blocks, plural(counts.blocks), counts.chapters, plural(counts.chapters),
               counts.unchanged, counts.refused);
    return 0;
}

/* True also where nobody asked for it. */
static bool can_isolate(struct request *request)
{
    char *why = NULL;
    bool can = !request->isolate || sandbox_can_isolate(&why);

    if (!can && why == NULL)
        diag_system(&request->diags, "--isolate needs bwrap; install bubblewrap");
    else if (!can)
        diag_system(&request->diags, "nothing can be isolated here: %s", why);
    free(why);
    return can;
}

int run_test(struct request *request)
{
    struct buf junit = {0};
    const struct doctest_options options = {
        .junit = request->junit != NULL ? &junit : NULL,
        .bin = request->bin,
        .annotated = request->annotated,
        .code = request->out,
        .filter = request->filter,
        .records = request->bless || !file_exists("build") ? NULL : "build/tested",
        .all = request->all,
        .shard = request->shard,
        .shards = request->shards,
        .jobs = request->jobs,
        .json = request->json,
        .colour = is_colourful(stdout),
        .progress = shows_progress(request),
        .isolated = request->isolate,
    };
    struct doctest_list list = {0};
    int status = 0, ended;

    if (can_isolate(request) && load(request) &&
        doctest_collect(&list, &request->web, &request->diags)) {
        web_warn_untested(&request->web, &request->diags);
        status = request->bless ? bless(request, &list, &options)
                                : doctest_run_all(&list, &options, stdout);
    }
    if (junit.len > 0)
        file_replace(request->junit, buf_span(&junit), &request->diags);
    buf_free(&junit);
    doctest_free(&list);
    ended = conclude(request);
    return ended > status ? ended : status;
}

/* What the chapters say is built, so they are read first; a program of no book
 * is a path, and needs none. */
static bool is_of_book(const struct request *request)
{
    return request->argument_count > 0 && strchr(request->arguments[0], '/') == NULL;
}

static bool has_program(struct request *request, struct span name)
{
    const struct target *near = NULL;

    for (size_t i = 0; i < request->web.target_count; i++) {
        const struct target *target = request->web.targets[i];

        if (target->program && span_equal(target->name, name))
            return true;
        if (target->program && near == NULL && span_distance(target->name, name, 2) <= 2)
            near = target;
    }
    diag_add(&request->diags, DIAG_ERROR, (struct place){0}, 0, "no chapter has a program \"%.*s\"",
             SPAN_ARG(name));
    if (near != NULL)
        diag_add(&request->diags, DIAG_NOTE, (struct place){0}, 0, "did you mean \"%.*s\"?",
                 SPAN_ARG(near->name));
    return false;
}

/* Explored programs know the lines of plain twins. */
static const char *write_lines(struct request *request, const char *annotated)
{
    static const char path[] = "build/explore/lines";
    struct buf table = {0};

    locate_table(&request->web, outputs_plain(annotated, &request->web.arena), &table);
    file_replace(path, buf_span(&table), &request->diags);
    buf_free(&table);
    return path;
}

/* Of the first file; all of them have to agree, says the explorer. */
static bool take_parts(struct request *request)
{
    struct parts parts;
    struct buf files = {0};

    for (size_t i = 0; i < request->argument_count; i++)
        buf_addf(&files, "%s\n", request->arguments[i]);
    setenv("EXPLORE_MERGE", buf_string(&files), 1);
    buf_free(&files);
    if (request->argument_count == 0) {
        diag_system(&request->diags, "say which files, as in: heddle explore --merge part-*");
        return false;
    }
    if (!parts_read(&parts, &request->web.arena, request->arguments[0], &request->diags))
        return false;
    request->explore.words = parts.words;
    request->arguments = parts.arguments;
    request->argument_count = parts.count;
    return true;
}

/* Which runs are the first N depends on who explores what. */
static bool options_agree(struct request *request)
{
    const struct launch_options *explore = &request->explore;

    if (explore->runs == NULL ||
        (explore->keep == NULL && explore->shard == NULL && !explore->merge))
        return true;
    diag_system(&request->diags,
                "--runs does not go with --shard, --keep and --merge; say --seconds");
    return false;
}

int run_explore(struct request *request)
{
    const struct outputs outputs = {
        .annotated = "build/annotated",
        .makefile = "build/book.mk",
        .whole = true,
    };
    struct fileset_counts counts = {0};
    bool good = options_agree(request) && (!request->explore.merge || take_parts(request));
    const char *const *arguments = request->arguments;
    size_t count = request->argument_count;

    request->explore.makefile = outputs.makefile;
    request->explore.json = request->json;
    if (request->gdb != NULL) {
        request->explore.gdb = true;
        request->explore.replay = request->gdb;
    }
    request->explore.explorer = or_installed(request, NULL, "code/explore", "explore");
    if (good && is_of_book(request)) {
        request->argument_count = 0;
        good = load(request) && has_program(request, span_of(arguments[0])) &&
               outputs_write(&request->web, &outputs, &counts, &request->diags);
    }
    if (good && request->web.target_count > 0 && request->explore.record == NULL)
        request->explore.lines = write_lines(request, outputs.annotated);
    if (good)
        launch_explorer(&request->explore, arguments, count, &request->diags);
    return conclude(request);
}

static const char *answer_file(struct request *request, const struct target *exercise,
                               const char *given)
{
    struct buf path = {0};

    if (given != NULL)
        return given;
    buf_addf(&path, "%.*s%s%.*s.c", SPAN_ARG(request->below), request->below.len > 0 ? "/" : "",
             SPAN_ARG(exercise->name));
    return buf_take(&path, &request->web.arena).ptr;
}

static int write_scaffold(struct request *request, const struct target *exercise, const char *path)
{
    struct buf text = {0};
    unsigned line = exercise_scaffold(&request->web, exercise, &text);

    if (file_replace(path, buf_span(&text), &request->diags))
        printf("%s is written; fill its line %u, and run this again\n", path, line);
    buf_free(&text);
    return 0;
}

static int try_answer(struct request *request, const struct target *exercise, const char *file)
{
    const char *path = answer_file(request, exercise, file);
    const struct exercise_options options = {
        .explorer = or_installed(request, NULL, "code/explore", "explore"),
        .heddle = own_path(request),
        .colour = is_colourful(stdout),
    };

    if (!file_exists(path))
        return write_scaffold(request, exercise, path);
    return exercise_try(&request->web, exercise, path, &options, &request->diags);
}

int run_try(struct request *request)
{
    const char *const *arguments = request->arguments;
    size_t count = request->argument_count;
    const struct target *exercise;
    struct buf list = {0};
    int status = 0, ended;

    if (count > 2) {
        diag_system(&request->diags, "say one exercise and one file, as in: heddle try counter "
                                     "counter.c");
        return conclude(request);
    }
    request->argument_count = 0;
    if (load(request) && count == 0) {
        exercise_list(&request->web, &list);
        fputs(list.len > 0 ? buf_string(&list) : "this book has no exercises\n", stdout);
    } else if (count > 0 && request->diags.errors == 0) {
        exercise = exercise_find(&request->web, span_of(arguments[0]), &request->diags);
        if (exercise != NULL)
            status = try_answer(request, exercise, count > 1 ? arguments[1] : NULL);
    }
    buf_free(&list);
    ended = conclude(request);
    return ended > status ? ended : status;
}

/* A path that holds in whatever folder a child is run. */
static const char *absolute(struct request *request, const char *path)
{
    char here[4096];
    struct buf whole = {0};

    if (path[0] == '/' || getcwd(here, sizeof here) == NULL)
        return path;
    buf_addf(&whole, "%s/%s", here, path);
    return buf_take(&whole, &request->web.arena).ptr;
}

/* Where the book is: a folder with chapters/ in it is one; else what it names lies
 * in one. False when there is no such thing. */
static bool enter_served(struct request *request, struct desk_options *desk)
{
    const char *name = request->argument_count > 0 ? request->arguments[0] : ".";
    struct buf inside = {0};
    bool is_book;

    buf_addf(&inside, "%s/chapters", name);
    is_book = file_exists(buf_string(&inside));
    buf_free(&inside);
    if (request->argument_count > 1 || !file_exists(name) || (is_book && chdir(name) != 0)) {
        diag_system(&request->diags,
                    request->argument_count > 1 ? "say one book"
                                                : "there is no book \"%s\"; say a folder or a file",
                    name);
        return false;
    }
    if (!is_book && strcmp(name, ".") != 0) {
        desk->chapters = request->arguments;
        desk->chapter_count = 1;
    }
    return true;
}

int run_serve(struct request *request)
{
    struct serve_options options = {.port = 8000, .open = request->open};
    unsigned long port = 8000;

    options.desk.isolated = request->isolate;
    if (request->deck != NULL) /* as they are seen from here, not from the book */
        request->deck = absolute(request, request->deck);
    if (request->modules != NULL)
        request->modules = absolute(request, request->modules);
    if (request->port != NULL && (!span_number(span_of(request->port), 65535, &port)))
        diag_system(&request->diags, "a port is a number up to 65535");
    else if (can_isolate(request) && enter_served(request, &options.desk)) {
        options.port = (unsigned)port;
        options.desk.heddle = own_path(request);
        options.desk.deck =
            absolute(request, or_installed(request, request->deck, "chapters/deck", "deck"));
        options.desk.desk_parts = own_deck(request);
        options.desk.modules = absolute(request, or_installed(request, request->modules,
                                                              "build/npm/node_modules", "modules"));
        options.desk.explorer =
            absolute(request, or_installed(request, NULL, "code/explore", "explore"));
        serve_run(&options, &request->diags);
    }
    return conclude(request);
}

/* Written, tangled for the first time, committed. */
static bool begin_book(struct request *request, const char *path)
{
    struct outputs outputs = outputs_of(request);
    struct fileset_counts counts;

    outputs.whole = true;
    if (!new_write(path, &request->diags))
        return false;
    if (chdir(path) != 0) {
        diag_system(&request->diags, "cannot go to \"%s\": %s", path, strerror(errno));
        return false;
    }
    return load(request) && outputs_write(&request->web, &outputs, &counts, &request->diags);
}

int run_new(struct request *request)
{
    const char *path = request->argument_count == 1 ? request->arguments[0] : NULL;

    request->argument_count = 0;
    if (path == NULL) {
        diag_system(&request->diags, "say one folder, as in: heddle new my-book");
    } else if (begin_book(request, path)) {
        if (!new_commit())
            printf("git does not know your name yet, so nothing is committed\n");
        printf("%s is a book of two chapters, and everything in them is tested. Now:\n"
               "    cd %s\n"
               "    make test       # compiles, runs, explores, compares\n"
               "    make            # build/slides/index.html: slides and book\n"
               "Then change chapters/10-words.md, and say make test again.\n",
               path, path);
    }
    return conclude(request);
}

/* The new chapters are read again, and give the files; what hindered that would
 * be reported as tangle does. */
static void tangle_again(struct request *request, const struct edits *edits, const char *folder)
{
    const struct outputs outputs = {.code = folder,
                                    .annotated = request->out == NULL ? "build/annotated" : NULL,
                                    .makefile = request->out == NULL ? "build/book.mk" : NULL,
                                    .whole = true,
                                    .keep = true};
    struct fileset_counts counts;
    struct web web = {0};
    struct diags again = {0}; /* what it warns of was said before */

    if (!web_load(&web, NULL, 0, &again))
        diag_append(&request->diags, &again);
    else if (apply_code(edits->list, edits->count, &web, &request->diags))
        outputs_write(&web, &outputs, &counts, &request->diags);
    diag_free(&again);
    arena_adopt(&request->web.arena, &web.arena); /* messages point into it */
    web_free(&web);
}

static void stitch(struct request *request, const struct edits *edits, const char *folder)
{
    struct stitch stitch;
    bool proven = stitch_fold(&stitch, &request->web, edits->list, edits->count, request->as_text,
                              &request->diags);

    if (proven && !request->quiet) {
        apply_show(&stitch, stdout);
        printf("%zu block%s changed by %zu edited file%s\n", stitch.block_count,
               plural(stitch.block_count), edits->count, plural(edits->count));
    }
    if (proven && !request->dry_run &&
        apply_chapters(&stitch, request->force, stdout, &request->diags))
        tangle_again(request, edits, folder);
    arena_adopt(&request->web.arena, &stitch.arena); /* messages point into it */
}

int run_stitch(struct request *request)
{
    const char *folder = or_usual(request->out, "code"), *const *paths = request->arguments;
    size_t count = request->argument_count;
    struct edits edits = {0};

    request->argument_count = 0;
    if (load(request) && edits_find(&edits, &request->web.arena, &request->web, folder, paths,
                                    count, &request->diags)) {
        if (edits.count > 0)
            stitch(request, &edits, folder);
        else if (!request->quiet)
            printf("no file of %s was edited\n", folder);
    }
    return conclude(request);
}

int run_list(struct request *request)
{
    struct buf out = {0};

    load(request);
    if (request->json)
        list_print_json(&request->web, &out);
    else
        list_print(&request->web, &out);
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
    *path = (struct span){text.ptr, colon - 1};
    for (colon = path->len; colon > 0 && text.ptr[colon - 1] != ':'; colon--)
        ;
    column = number;
    if (colon > 0 &&
        span_number((struct span){text.ptr + colon, path->len - colon}, 1u << 30, &number))
        path->len = colon - 1;
    else
        number = column;
    *line = (unsigned)number;
    return true;
}

/* The path below the output folder. */
static void print_location(const struct request *request, const char *folder,
                           const struct location *location)
{
    struct buf path = {0}, json = {0};

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

    diag_add(&request->diags, DIAG_ERROR, (struct place){0}, 0, "no chapter makes a file \"%.*s\"",
             SPAN_ARG(path));
    if (table_nearest(&request->web.paths, file, &near))
        diag_add(&request->diags, DIAG_NOTE, (struct place){0}, 0, "did you mean \"%.*s\"?",
                 SPAN_ARG(near));
}

static void find_in_code(struct request *request, struct span path, unsigned line,
                         const char *folder)
{
    struct location *found;
    size_t count;
    enum locate_result result = locate_in_code(&request->web, path, line, &found, &count);

    if (result == LOCATE_NO_FILE)
        report_no_file(request, path, path_below(path, folder));
    else if (result == LOCATE_NO_LINE)
        diag_add(&request->diags, DIAG_ERROR, (struct place){0}, 0,
                 "line %u of %.*s is tangled nowhere", line, SPAN_ARG(path));
    for (size_t i = 0; i < count; i++)
        print_location(request, folder, &found[i]);
    free(found);
}

static void find_address(struct request *request, struct span path, unsigned line)
{
    const char *folder = request->out != NULL ? request->out : "code";
    struct location found;
    enum locate_result result =
        locate_in_chapter(&request->web, path_below(path, folder), line, &found);

    if (result == LOCATE_FOUND)
        print_location(request, "", &found);
    else if (result == LOCATE_NO_LINE)
        diag_add(&request->diags, DIAG_ERROR, (struct place){0}, 0,
                 found.line > 0 ? "%.*s ends at line %u" : "%.*s is empty", SPAN_ARG(path),
                 found.line);
    else
        find_in_code(request, path, line, folder);
}

int run_where(struct request *request)
{
    const char *address = request->argument_count == 1 ? request->arguments[0] : NULL;
    char here[4096];
    struct span path;
    unsigned line;

    if (address == NULL || !split_address(address, &path, &line)) {
        diag_system(&request->diags, "say which line, as in: heddle where code/lib/x.c:12");
        return conclude(request);
    }
    request->argument_count = 0;
    if (getcwd(here, sizeof here) != NULL) /* an editor says all of a path */
        path = path_below(path, here);
    if (load(request))
        find_address(request, path, line);
    return conclude(request);
}
