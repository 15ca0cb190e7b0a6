#include "heddle/commands.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/doctest/bless.h"
#include "heddle/installed.h"
#include "heddle/new.h"
#include "heddle/pages/weave.h"
#include "heddle/read/entangled.h"
#include "heddle/system/keeper.h"
#include "heddle/tangle/list.h"
#include "heddle/web/baseline.h"
#include "heddle/web/check.h"
#include "heddle/web/title.h"

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
        diag_note(&request->diags,
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

/* A book that was not written for heddle has code, and makes nothing of it. */
static void print_shown(const struct request *request)
{
    const struct census census = web_count(&request->web);

    if (request->web.chunk_count == 0 && census.shown > 0)
        printf(" (%zu block%s shown only)", census.shown, plural(census.shown));
}

static void print_tangled(const struct request *request, const struct fileset_counts *counts)
{
    printf("%zu chapter%s, %zu chunk%s", request->web.chapter_count,
           plural(request->web.chapter_count), request->web.chunk_count,
           plural(request->web.chunk_count));
    print_shown(request);
    printf(": %zu file%s written, %zu unchanged", counts->written, plural(counts->written),
           counts->unchanged);
    printf(counts->removed > 0 ? ", %zu removed\n" : "\n", counts->removed);
}

int run_tangle(struct request *request)
{
    struct outputs outputs = request_outputs(request);
    struct fileset_counts counts = {0};

    request->diags_are_output = true;
    mention_entangled(request);
    if (request_load(request) && outputs_write(&request->web, &outputs, &counts, &request->diags) &&
        !request->quiet && !request->json && !request->check)
        print_tangled(request, &counts);
    warn_of_unread(request);
    return request_conclude(request);
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
        .code = or_usual(request->out, "code"),
        .check = true,
        .whole = request->argument_count == 0,
    };
    struct fileset_counts counts;

    request->diags.strict = true;
    request->diags_are_output = true;
    mention_entangled(request);
    if (request_load(request)) {
        struct doctest_list list = {0};

        doctest_collect(&list, &request->web, &request->diags);
        doctest_free(&list);
        check_blocks(request);
        outputs_write(&request->web, &outputs, &counts, &request->diags);
        if (!request->quiet && !request->json)
            print_census(request);
    }
    return request_conclude(request);
}

static bool shows_progress(const struct request *request)
{
    return isatty(STDERR_FILENO) && !request->quiet && !request->json;
}

/* The first of such a name here or beside a chapter; NULL: there is none. */
static const char *find_beside(struct request *request, const char *name)
{
    struct web *web = &request->web;

    if (file_exists(name))
        return name;
    for (size_t i = 0; i < web->chapter_count; i++) {
        const char *path =
            path_beside(span_of(web->chapters[i].source.path), span_of(name), &web->arena).ptr;

        if (file_exists(path))
            return path;
    }
    return NULL;
}

/* What a talk's own tool would have read; heddle reads front matters, and what separates. */
static void mention_settings(struct request *request)
{
    static const struct {
        const char *file, *how, *instead;
    } settings[] = {
        {"reveal-md.json", "is read for its separators and its theme", "say what else it has"},
        {"reveal.json", "is not read", "say its options below revealOptions"},
        {".marprc.yml", "is not read", "say theme and class"},
        {".marprc.json", "is not read", "say theme and class"},
        {"marp.config.js", "is not read", "say theme and class"},
        {"_quarto.yml", "is not read", "say title and format"},
    };

    for (size_t i = 0; !request->quiet && i < sizeof settings / sizeof *settings; i++) {
        const char *path = find_beside(request, settings[i].file);

        if (path != NULL)
            diag_note(&request->diags, "%s %s; %s in a front matter", path, settings[i].how,
                      settings[i].instead);
    }
}

int run_weave(struct request *request)
{
    struct weave_options options = {
        .deck_dir = installed_or(&request->web.arena, request->deck, "chapters/deck", "deck"),
        .modules_dir = installed_or(&request->web.arena, request->modules, "build/npm/node_modules",
                                    "modules"),
        .out_dir = or_usual(request->out, "build/slides"),
        .cache_dir = "build/woven",
        .explored = "build/explore",
        .twins = "build/plain",
        .title = request->title,
        .jobs = request->jobs,
        .places = request->places,
        .progress = shows_progress(request),
    };

    if (request_load(request)) {
        struct span title = web_title(&request->web);
        struct span subtitle = web_front_value(&request->web, "subtitle");

        if (options.title == NULL)
            options.title =
                title.len > 0 ? arena_copy(&request->web.arena, title.ptr, title.len) : "Untitled";
        options.slides = weave_slides_of(&request->web);
        options.book_apart = span_is(web_front_value(&request->web, "apart"), "book");
        if (subtitle.len > 0)
            options.subtitle = arena_copy(&request->web.arena, subtitle.ptr, subtitle.len);
        mention_settings(request);
        if (weave_book(&request->web, &options, &request->diags) && !request->quiet)
            printf("open %s/index.html in a browser%s\n", options.out_dir,
                   options.slides == WEAVE_NO_SLIDES
                       ? " (a book; a front matter with slides: yes makes slides of it as well)"
                       : "");
    }
    return request_conclude(request);
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
        .colour = request_is_colourful(stdout),
        .progress = shows_progress(request),
        .isolated = request->isolate,
    };
    struct doctest_list list = {0};
    int status = 0, ended;

    keeper_begin();
    if (request_can_isolate(request) && request_load(request) &&
        doctest_collect(&list, &request->web, &request->diags)) {
        web_warn_untested(&request->web, &request->diags);
        status = request->bless ? bless(request, &list, &options)
                                : doctest_run_all(&list, &options, stdout);
    }
    if (junit.len > 0)
        file_replace(request->junit, buf_span(&junit), &request->diags);
    buf_free(&junit);
    doctest_free(&list);
    ended = request_conclude(request);
    return ended > status ? ended : status;
}

/* Written, tangled for the first time, committed. */
static bool begin_book(struct request *request, const char *path)
{
    struct outputs outputs = request_outputs(request);
    struct fileset_counts counts;

    outputs.whole = true;
    if (!new_write(path, &request->diags))
        return false;
    if (chdir(path) != 0) {
        diag_system(&request->diags, "cannot go to \"%s\": %s", path, strerror(errno));
        return false;
    }
    return request_load(request) &&
           outputs_write(&request->web, &outputs, &counts, &request->diags);
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
    return request_conclude(request);
}

int run_list(struct request *request)
{
    struct buf out = {0};

    request_load(request);
    if (request->json)
        list_print_json(&request->web, &out);
    else
        list_print(&request->web, &out);
    fwrite(out.ptr, 1, out.len, stdout);
    buf_free(&out);
    return request_conclude(request);
}
