#include "heddle/web/load.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/read/entangled.h"
#include "heddle/system/crew.h"
#include "heddle/web/build.h"

enum {
    MOST_READERS = 16,       /* threads that read chapters */
    LARGEST_BESIDE = 1 << 20 /* bytes of a file that may say what separates a talk */
};

static const char *const usual[] = {"chapters"};

/* Finding chapters ---------------------------------------------------------- */

struct finder {
    struct arena *arena;
    struct diags *diags;
    char **paths;
    size_t count, cap;
    const char *other; /* the first file that seems to be a chapter by another ending */
    size_t others;
};

static void add_path(struct finder *finder, const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    *ARRAY_PUSH(finder->paths, finder->count, finder->cap) =
        arena_copy(finder->arena, path, strlen(path));
}

static void find_below(struct finder *finder, const char *folder);

/* Somewhere below, but for what stands behind more links: those may loop. */
static bool holds_chapters(const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *entry;
    bool holds = false;

    while (dir != NULL && !holds && (entry = readdir(dir)) != NULL) {
        struct buf path = {0};
        struct stat status;

        if (entry->d_name[0] == '.')
            continue;
        buf_addf(&path, "%s/%s", folder, entry->d_name);
        holds = span_ends(buf_span(&path), ".md") ||
                (lstat(buf_string(&path), &status) == 0 && S_ISDIR(status.st_mode) &&
                 holds_chapters(path.ptr));
        buf_free(&path);
    }
    if (dir != NULL)
        closedir(dir);
    return holds;
}

static void refuse_link(struct finder *finder, const char *path)
{
    if (holds_chapters(path))
        diag_system(finder->diags,
                    "%s is a link to a folder of chapters, and such links are not followed; "
                    "name the folder itself",
                    path);
}

static bool is_linked_folder(const char *path, const struct stat *status)
{
    struct stat behind;

    return S_ISLNK(status->st_mode) && stat(path, &behind) == 0 && S_ISDIR(behind.st_mode);
}

/* In a folder only .md makes a chapter; by these, other tools know theirs. */
static bool has_other_ending(struct span path)
{
    static const char *const endings[] = {".md",  ".markdown", ".mdown", ".mkd",
                                          ".qmd", ".rmd",      ".mdx"};

    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        size_t len = strlen(endings[i]);

        if (path.len > len && strncasecmp(path.ptr + path.len - len, endings[i], len) == 0)
            return true;
    }
    return false;
}

static void count_other(struct finder *finder, const char *path)
{
    while (path[0] == '.' && path[1] == '/')
        path += 2;
    if (finder->others++ == 0 || strcmp(path, finder->other) < 0)
        finder->other = arena_copy(finder->arena, path, strlen(path));
}

static void report_others(const struct finder *finder)
{
    struct buf more = {0};

    if (finder->others == 0)
        return;
    if (finder->others > 1)
        buf_addf(&more, ", and so with %zu more", finder->others - 1);
    diag_add(finder->diags, DIAG_WARNING, (struct place){0}, 0,
             "%s is not read, as its name does not end in .md%s; name it to read it, or rename it",
             finder->other, buf_string(&more));
    buf_free(&more);
}

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
        else if (is_linked_folder(path.ptr, &status))
            refuse_link(finder, path.ptr);
        else if (span_ends(buf_span(&path), ".md"))
            add_path(finder, path.ptr);
        else if (S_ISREG(status.st_mode) && has_other_ending(buf_span(&path)))
            count_other(finder, path.ptr);
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
        if (stat(paths[i], &status) != 0 && paths == usual)
            diag_system(finder->diags,
                        "there is no folder chapters/ here or above; a book is a folder "
                        "chapters/ of Markdown files (NAME.md), or what the command line names");
        else if (stat(paths[i], &status) != 0)
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
    struct markdown_options options;
    struct chapter chapter;
    struct diags diags;
    bool found; /* the file could be read, whatever it holds */
};

/* Reading a pipe may take for ever, and a device has no end. */
static bool is_plain(const char *path, struct diags *diags)
{
    struct stat status;

    if (stat(path, &status) != 0 || S_ISREG(status.st_mode))
        return true; /* reading it says what is wrong */
    diag_system(diags, "cannot read %s: it is no plain file", path);
    return false;
}

/* The text of a file in the chapter's folder; a page's name says nothing of its size. */
static bool read_file_beside(const char *chapter, const char *name, struct arena *arena,
                             const char **path, struct span *text)
{
    struct diags ignored = {0};
    struct stat status;
    bool done;

    *path = path_beside(span_of(chapter), span_of(name), arena).ptr;
    done = stat(*path, &status) == 0 && S_ISREG(status.st_mode) &&
           status.st_size <= LARGEST_BESIDE && file_read(arena, *path, text, &ignored);
    diag_free(&ignored);
    return done;
}

/* The page that shows a talk knows more of it than what holds for all of them. */
static void read_beside(struct talk_settings *settings, const char *chapter, struct arena *arena)
{
    const char *path;
    struct span text;

    if (read_file_beside(chapter, "index.html", arena, &path, &text))
        talk_settings_read_page(settings, path, text, span_of(chapter), arena);
    if (read_file_beside(chapter, "reveal-md.json", arena, &path, &text))
        talk_settings_read_json(settings, path, text, arena);
    else if (file_exists("reveal-md.json") &&
             read_file_beside("", "reveal-md.json", arena, &path, &text))
        talk_settings_read_json(settings, path, text, arena);
}

static void *read_job(void *item, void *arena, struct thread_error *error)
{
    struct job *job = item;
    struct span text;

    (void)error;
    job->found =
        is_plain(job->path, &job->diags) && file_read(arena, job->path, &text, &job->diags);
    if (job->found) {
        read_beside(&job->options.settings, job->path, arena);
        markdown_read_as(&job->chapter, arena, job->path, text, &job->options, &job->diags);
    }
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

/* What the book's entangled.toml says, if there is one; what is wrong with the
 * file is no matter of ours. */
static bool has_bare_fences(struct arena *arena)
{
    struct diags ignored = {0};
    struct span text;
    bool bare = file_exists("entangled.toml") &&
                file_read(arena, "entangled.toml", &text, &ignored) &&
                entangled_fences(text) == ENTANGLED_BARE;

    diag_free(&ignored);
    return bare;
}

/* False when one cannot be read at all: what it holds would seem undefined. */
static bool read_chapters(struct web *web, const struct finder *finder)
{
    struct job *jobs = mem_alloc(finder->count * sizeof *jobs);
    bool readable = true, bare = has_bare_fences(&web->arena);

    for (size_t i = 0; i < finder->count; i++) {
        jobs[i].path = finder->paths[i];
        jobs[i].options = (struct markdown_options){.bare = bare};
    }
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

bool web_load(struct web *web, const char *const paths[], size_t count, struct diags *diags)
{
    struct finder finder = {.arena = &web->arena, .diags = diags};
    size_t errors = diags->errors;

    find_chapters(&finder, count > 0 ? paths : usual, count > 0 ? count : 1);
    report_others(&finder);
    if (finder.count == 0 && diags->errors == errors)
        diag_system(diags, "there is no chapter (a file ending in .md) in %s",
                    count > 0 ? paths[0] : usual[0]);
    if (read_chapters(web, &finder))
        web_build(web, diags);
    free(finder.paths);
    return diags->errors == errors;
}
