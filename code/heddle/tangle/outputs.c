#include "heddle/tangle/outputs.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/system/crew.h"
#include "heddle/tangle/makefile.h"
#include "heddle/tangle/tangle.h"

enum { MOST_READERS = 16 }; /* threads that read chapters */

/* Finding chapters ---------------------------------------------------------- */

struct finder {
    struct arena *arena;
    struct diags *diags;
    char **paths;
    size_t count, cap;
};

static void add_path(struct finder *finder, const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    if (finder->count == finder->cap) {
        finder->cap = finder->cap != 0 ? finder->cap * 2 : 32;
        finder->paths = mem_grow(finder->paths, finder->cap, sizeof *finder->paths);
    }
    finder->paths[finder->count++] = arena_copy(finder->arena, path, strlen(path));
}

static void find_below(struct finder *finder, const char *folder);

/* Files ending in .md, and folders, but no links to folders: they may loop. */
static void consider(struct finder *finder, const char *folder, const char *name)
{
    struct buf path = {0};
    struct stat status;

    if (name[0] == '.')
        return;
    buf_addf(&path, "%s/%s", folder, name);
    if (lstat(buf_string(&path), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            find_below(finder, path.ptr);
        else if (span_ends(buf_span(&path), ".md"))
            add_path(finder, path.ptr);
    }
    buf_free(&path);
}

static void find_below(struct finder *finder, const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;

    if (dir == NULL) {
        diag_system(finder->diags, "cannot read the folder %s: %s", folder, strerror(errno));
        return;
    }
    while ((entry = readdir(dir)) != NULL)
        consider(finder, folder, entry->d_name);
    closedir(dir);
}

/* By component, so that "a/b.md" comes before "a-b.md". */
static int compare_paths(const void *a, const void *b)
{
    const char *x = *(char *const *)a, *y = *(char *const *)b;

    while (*x != '\0' && *x == *y) {
        x++;
        y++;
    }
    if (*x == '/' || *y == '/')
        return *x == *y ? 0 : *x == '\0' ? -1 : *y == '\0' ? 1 : *x == '/' ? -1 : 1;
    return (unsigned char)*x - (unsigned char)*y;
}

static void find_chapters(struct finder *finder, const char *const paths[], size_t count)
{
    size_t kept = 0;

    for (size_t i = 0; i < count; i++) {
        struct stat status;
        struct span path = span_of(paths[i]);

        while (path.len > 1 && path.ptr[path.len - 1] == '/')
            path.len--;
        if (stat(paths[i], &status) != 0)
            diag_system(finder->diags, "cannot read %s: %s", paths[i], strerror(errno));
        else if (S_ISDIR(status.st_mode))
            find_below(finder, arena_copy(finder->arena, path.ptr, path.len));
        else
            add_path(finder, paths[i]);
    }
    if (finder->count > 1)
        qsort(finder->paths, finder->count, sizeof *finder->paths, compare_paths);
    for (size_t i = 0; i < finder->count; i++)
        if (kept == 0 || strcmp(finder->paths[kept - 1], finder->paths[i]) != 0)
            finder->paths[kept++] = finder->paths[i];
    finder->count = kept;
}

/*
 * Chapters do not know each other before the web is built, so they are read by
 * as many threads as there are processors. Each reader has its own memory and
 * each chapter its own messages, which are put together in reading order.
 */
struct job {
    const char *path;
    struct chapter chapter;
    struct diags diags;
    bool found; /* the file could be read, whatever it holds */
};

static void *read_job(void *item, void *arena, struct thread_error *error)
{
    struct job *job = item;
    struct span text;

    (void)error;
    job->found = file_read(arena, job->path, &text, &job->diags);
    if (job->found)
        markdown_read(&job->chapter, arena, job->path, text, &job->diags);
    return job;
}

static void run_jobs(struct job *jobs, size_t count, struct arena *arena)
{
    struct arena arenas[MOST_READERS] = {0};
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned most = processors < MOST_READERS ? 0 : MOST_READERS;
    struct crew crew;
    size_t readers;

    crew_open(&crew, jobs, count, sizeof *jobs);
    readers = crew_start(&crew, most, read_job, arenas, sizeof *arenas);
    while (crew_next(&crew) != NULL)
        continue;
    crew_close(&crew);
    for (size_t i = 0; i < readers; i++)
        arena_adopt(arena, &arenas[i]);
}

/* The diagnostics of a job point to its source; let them point to the copy. */
static void move_places(struct job *job, const struct chapter *chapter)
{
    for (size_t i = 0; i < job->diags.count; i++)
        if (job->diags.list[i].place.source == &job->chapter.source)
            job->diags.list[i].place.source = &chapter->source;
}

/* False when one cannot be read at all: what it holds would seem undefined. */
static bool read_chapters(struct web *web, const struct finder *finder)
{
    struct job *jobs = mem_alloc(finder->count * sizeof *jobs);
    bool readable = true;

    for (size_t i = 0; i < finder->count; i++)
        jobs[i].path = finder->paths[i];
    run_jobs(jobs, finder->count, &web->arena);
    web->chapters = arena_array(&web->arena, finder->count, sizeof *web->chapters);
    for (size_t i = 0; i < finder->count; i++) {
        struct job *job = &jobs[i];
        struct chapter *chapter = &web->chapters[web->chapter_count];

        *chapter = job->chapter;
        move_places(job, chapter);
        web->chapter_count += job->found;
        readable = readable && job->found && !chapter->unreadable;
        diag_append(finder->diags, &job->diags);
    }
    free(jobs);
    return readable;
}

bool book_load(struct web *web, const char *const paths[], size_t count, struct diags *diags)
{
    static const char *const usual[] = {"chapters"};
    struct finder finder = {.arena = &web->arena, .diags = diags};
    size_t errors = diags->errors;

    find_chapters(&finder, count > 0 ? paths : usual, count > 0 ? count : 1);
    if (finder.count == 0 && diags->errors == errors)
        diag_system(diags, "there is no chapter (a file ending in .md) in %s",
                    count > 0 ? paths[0] : usual[0]);
    if (read_chapters(web, &finder))
        web_build(web, diags);
    free(finder.paths);
    return diags->errors == errors;
}

/* The value of a line `key: ...`, without its quotes; empty for other lines. */
static struct span value_of(struct span line, const char *key)
{
    struct span value = span_starts(line, key) ? span_skip(line, strlen(key)) : span_of("");

    if (!span_starts(value, ":"))
        return span_of("");
    value = span_skip(value, 1);
    while (value.len > 0 && value.ptr[value.len - 1] == '\r')
        value.len--;
    value = span_trim(value);
    if (value.len >= 2 && strchr("\"'", value.ptr[0]) != NULL &&
        value.ptr[value.len - 1] == value.ptr[0])
        value = (struct span){value.ptr + 1, value.len - 2};
    return value;
}

struct span book_front_value(const struct web *web, const char *key)
{
    for (size_t i = 0; i < web->chapter_count; i++) {
        struct span line, rest = web->chapters[i].front_matter;

        while (span_line(&rest, &line))
            if (value_of(line, key).len > 0)
                return value_of(line, key);
    }
    return span_of("");
}

static struct span first_heading(const struct chapter *chapter)
{
    for (size_t i = 0; i < chapter->block_count; i++)
        if (chapter->blocks[i].kind == BLOCK_HEADING) {
            struct span text = chapter->blocks[i].info;
            const char *brace = memchr(text.ptr, '{', text.len);

            return span_trim(brace != NULL ? span_between(text.ptr, brace) : text);
        }
    return span_of("");
}

struct span book_title(const struct web *web)
{
    struct span title = book_front_value(web, "title");

    if (title.len > 0 || web->chapter_count == 0)
        return title;
    return first_heading(&web->chapters[0]);
}

/* Writing ------------------------------------------------------------------- */

static struct place target_place(const struct target *target)
{
    const struct attr *file = attr_get(&target->part->block->attrs, "file");

    return source_place(&target->part->chapter->source, file->value.ptr);
}

static struct fileset *stage(const struct web *web, const char *folder,
                             void (*tangle)(const struct target *, struct buf *),
                             struct fileset_options options, struct diags *diags)
{
    struct fileset *set = folder != NULL ? fileset_open(folder, options, diags) : NULL;
    struct buf text = {0};

    for (size_t i = 0; set != NULL && i < web->target_count; i++) {
        const struct target *target = web->targets[i];

        text.len = 0;
        tangle(target, &text);
        fileset_add(set, target->path, buf_span(&text), target->mode, target_place(target));
    }
    buf_free(&text);
    return set;
}

static void finish(struct fileset *set, bool fine, struct fileset_counts *counts)
{
    if (set == NULL)
        return;
    if (fine)
        fileset_commit(set, counts);
    else
        fileset_cancel(set);
}

static void write_makefile(const struct web *web, const struct book_outputs *outputs,
                           struct diags *diags)
{
    struct buf text = {0};

    makefile_write(web, outputs->annotated, &text);
    file_replace(outputs->makefile, buf_span(&text), diags);
    buf_free(&text);
}

bool book_tangle(const struct web *web, const struct book_outputs *outputs,
                 struct fileset_counts *counts, struct diags *diags)
{
    const struct fileset_options clean = {outputs->check, outputs->whole, outputs->force};
    const struct fileset_options twins = {outputs->check, outputs->whole, true};
    struct fileset_counts ignored, *twin_counts = outputs->code != NULL ? &ignored : counts;
    size_t errors = diags->errors;
    struct fileset *code = stage(web, outputs->code, tangle_clean, clean, diags);
    struct fileset *annotated = stage(web, outputs->annotated, tangle_annotated, twins, diags);
    bool fine = diags->errors == errors || outputs->check;

    *counts = (struct fileset_counts){0};
    finish(annotated, fine, twin_counts);
    finish(code, fine, counts);
    if (fine && outputs->makefile != NULL && !outputs->check)
        write_makefile(web, outputs, diags);
    return diags->errors == errors;
}

/* Checking ------------------------------------------------------------------ */

static bool is_expected(const struct web *web, const struct block *block)
{
    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].expected == block)
            return true;
    return false;
}

static void check_block(const struct web *web, const struct chapter *chapter,
                        const struct block *block, struct diags *diags)
{
    struct place place = {&chapter->source, block->line, 1};

    if (block->kind != BLOCK_CODE || !block->fenced || web_part(web, chapter, block) != NULL ||
        attr_has_class(&block->attrs, "no-tangle"))
        return;
    if (span_is(block->attrs.language, "outcomes")) {
        diag_add(diags, DIAG_ERROR, place, 1, "these are the outcomes of nothing; say {of=NAME}");
    } else if (span_is(block->attrs.language, "output")) {
        if (!is_expected(web, block))
            diag_add(diags, DIAG_ERROR, place, 1, "nothing prints this output; say {of=NAME}");
    } else if (attr_is_c_language(block->attrs.language)) {
        diag_add(diags, DIAG_ERROR, place, 1,
                 "nothing compiles this block; give it a #name or a "
                 "file=, or mark it .fragment, .compile-fail or .no-tangle");
    }
}

static void check_programs(const struct web *web, struct diags *diags)
{
    struct table shown = {0};

    for (size_t i = 0; i < web->snippet_count; i++)
        if (web->snippets[i].program != NULL)
            *table_put(&shown, web->snippets[i].program->path) = web->chapters;
    for (size_t i = 0; i < web->target_count; i++)
        if (web->targets[i]->program && table_get(&shown, web->targets[i]->path) == NULL)
            diag_add(diags, DIAG_ERROR, target_place(web->targets[i]), 1,
                     "no block shows what this program prints; add one: ```output {of=%.*s}",
                     SPAN_ARG(web->targets[i]->name));
    table_free(&shown);
}

void book_check(const struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->chapter_count; i++)
        for (size_t j = 0; j < web->chapters[i].block_count; j++)
            check_block(web, &web->chapters[i], &web->chapters[i].blocks[j], diags);
    check_programs(web, diags);
}
