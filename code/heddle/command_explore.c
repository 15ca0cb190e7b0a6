#include "heddle/commands.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/disk/file.h"
#include "heddle/doctest/exercise.h"
#include "heddle/installed.h"
#include "heddle/loose.h"
#include "heddle/outcomes/parts.h"
#include "heddle/system/keeper.h"
#include "heddle/tangle/locate.h"

/* Exploring ----------------------------------------------------------------- */

/* What the chapters say is built, so they are read first; a program of no book
 * is a path or files, and needs none. */
static bool is_of_book(const struct request *request)
{
    return request->argument_count > 0 && strchr(request->arguments[0], '/') == NULL &&
           !loose_is_source(request->arguments[0]);
}

/* So many of the arguments are files of one program. */
static size_t count_sources(const struct request *request)
{
    size_t count = 0;

    while (!request->explore.merge && count + request->own_words < request->argument_count &&
           loose_is_source(request->arguments[count]))
        count++;
    return count;
}

/* The first one stands for all of them; behind it stays what is the program's own. */
static bool build_sources(struct request *request, size_t count)
{
    struct arena *arena = &request->web.arena;
    const struct loose_options options = {
        .explorer = installed_explorer(arena),
        .cflags = request->cflags,
        .link = request->link,
    };
    size_t rest = request->argument_count - count;
    const char **arguments = arena_array(arena, rest + 1, sizeof *arguments);

    arguments[0] = request->arguments[0];
    memcpy(arguments + 1, request->arguments + count, rest * sizeof *arguments);
    request->explore.program =
        loose_build(request->arguments, count, &options, arena, &request->diags);
    request->arguments = arguments;
    request->argument_count = rest + 1;
    return request->explore.program != NULL;
}

static bool has_no_flags(struct request *request)
{
    if (request->cflags == NULL && request->link == NULL)
        return true;
    diag_system(&request->diags, "--cflags and --link are for files, as in: heddle explore main.c; "
                                 "a program of the book has cflags= and link= in its chapter");
    return false;
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
        diag_note(&request->diags, "did you mean \"%.*s\"?", SPAN_ARG(near->name));
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
    size_t sources = good ? count_sources(request) : 0;
    const char *const *arguments;
    size_t count;

    request->explore.makefile = outputs.makefile;
    request->explore.json = request->json;
    if (request->gdb != NULL) {
        request->explore.gdb = true;
        request->explore.replay = request->gdb;
    }
    request->explore.explorer = installed_or(&request->web.arena, NULL, "code/explore", "explore");
    if (good)
        good = sources > 0 ? build_sources(request, sources) : has_no_flags(request);
    arguments = request->arguments;
    count = request->argument_count;
    if (good && is_of_book(request)) {
        request->argument_count = 0;
        good = request_load(request) && has_program(request, span_of(arguments[0])) &&
               outputs_write(&request->web, &outputs, &counts, &request->diags);
    }
    if (good && request->web.target_count > 0 && request->explore.record == NULL)
        request->explore.lines = write_lines(request, outputs.annotated);
    if (good)
        launch_explorer(&request->explore, arguments, count, &request->diags);
    return request_conclude(request);
}

/* Trying an answer to an exercise ------------------------------------------- */

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
        .explorer = installed_or(&request->web.arena, NULL, "code/explore", "explore"),
        .heddle = installed_program(&request->web.arena),
        .colour = request_is_colourful(stdout),
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
        return request_conclude(request);
    }
    request->argument_count = 0;
    keeper_begin();
    if (request_load(request) && count == 0) {
        exercise_list(&request->web, &list);
        fputs(list.len > 0 ? buf_string(&list) : "this book has no exercises\n", stdout);
    } else if (count > 0 && request->diags.errors == 0) {
        exercise = exercise_find(&request->web, span_of(arguments[0]), &request->diags);
        if (exercise != NULL)
            status = try_answer(request, exercise, count > 1 ? arguments[1] : NULL);
    }
    buf_free(&list);
    ended = request_conclude(request);
    return ended > status ? ended : status;
}
