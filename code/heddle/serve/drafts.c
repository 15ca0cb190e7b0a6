#include "heddle/serve/drafts.h"

#include <dirent.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "lib/process.h"

static const char *const usual[] = {"chapters"};

/* Drafts ---------------------------------------------------------------------- */

bool drafts_is_chapter(const char *const *chapters, size_t count, struct span path)
{
    bool is = false;

    if (path_fault(path) != NULL || !span_ends(path, ".md"))
        return false;
    if (count == 0) {
        chapters = usual;
        count = 1;
    }
    for (size_t i = 0; i < count && !is; i++)
        is = span_is(path, chapters[i]) || path_below(path, chapters[i]).len < path.len;
    return is;
}

static struct draft *find(const struct drafts *drafts, struct span path)
{
    for (size_t i = 0; i < drafts->count; i++)
        if (span_equal(buf_span(&drafts->list[i].path), path))
            return &drafts->list[i];
    return NULL;
}

bool drafts_put(struct drafts *drafts, struct span path, struct span text)
{
    struct draft *draft = find(drafts, path);

    if (draft != NULL && span_equal(buf_span(&draft->text), text))
        return false;
    if (draft == NULL) {
        draft = ARRAY_PUSH(drafts->list, drafts->count, drafts->cap);
        *draft = (struct draft){0};
        buf_add(&draft->path, path);
    }
    draft->text.len = 0;
    buf_add(&draft->text, text);
    return true;
}

void drafts_close(struct drafts *drafts)
{
    for (size_t i = 0; i < drafts->count; i++) {
        buf_free(&drafts->list[i].path);
        buf_free(&drafts->list[i].text);
    }
    free(drafts->list);
    *drafts = (struct drafts){0};
}

/* The copy -------------------------------------------------------------------- */

struct copy {
    const struct drafts *drafts;
    const char *scratch;
    struct diags *diags;
};

/* "../../" as often as a file of that path lies deep below the book. */
static void add_way_out(struct span path, struct buf *out)
{
    for (size_t i = 0; i < path.len; i++)
        buf_adds(out, path.ptr[i] == '/' ? "../" : "");
}

static void link_to(const struct copy *copy, struct span path)
{
    struct buf link = {0}, target = {0};
    struct stat status;

    buf_addf(&link, "%s/%.*s", copy->scratch, SPAN_ARG(path));
    add_way_out(buf_span(&link), &target);
    buf_add(&target, path);
    if (lstat(buf_string(&link), &status) != 0 &&
        symlink(buf_string(&target), buf_string(&link)) != 0 && errno != EEXIST)
        diag_system(copy->diags, "cannot link \"%s\": %s", buf_string(&link), strerror(errno));
    buf_free(&link);
    buf_free(&target);
}

static void copy_chapter(const struct copy *copy, struct span path)
{
    const struct draft *draft = find(copy->drafts, path);
    struct arena arena = {0};
    struct buf target = {0};
    struct span text = {0};

    buf_addf(&target, "%s/%.*s", copy->scratch, SPAN_ARG(path));
    if (draft != NULL)
        file_replace(buf_string(&target), buf_span(&draft->text), copy->diags);
    else if (file_read(&arena, arena_copy(&arena, path.ptr, path.len), &text, copy->diags))
        file_replace(buf_string(&target), text, copy->diags);
    arena_free(&arena);
    buf_free(&target);
}

static void copy_path(const struct copy *copy, struct span path);

static void copy_entry(const struct copy *copy, struct span folder, const char *name)
{
    struct buf path = {0};

    if (name[0] == '.')
        return;
    buf_addf(&path, "%.*s/%s", SPAN_ARG(folder), name);
    copy_path(copy, buf_span(&path));
    buf_free(&path);
}

/* What is gone from the book goes from the copy. */
static void drop_gone(const struct copy *copy, struct span folder)
{
    struct buf there = {0}, here = {0};
    const struct dirent *entry;
    DIR *list;

    buf_addf(&there, "%s/%.*s", copy->scratch, SPAN_ARG(folder));
    list = opendir(buf_string(&there));
    while (list != NULL && (entry = readdir(list)) != NULL) {
        here.len = 0;
        buf_addf(&here, "%.*s/%s", SPAN_ARG(folder), entry->d_name);
        if (entry->d_name[0] == '.' || file_exists(buf_string(&here)))
            continue;
        here.len = 0;
        buf_addf(&here, "%s/%s", buf_string(&there), entry->d_name);
        unlink(buf_string(&here));
    }
    if (list != NULL)
        closedir(list);
    buf_free(&there);
    buf_free(&here);
}

static void copy_folder(const struct copy *copy, struct span path, const char *name)
{
    struct buf there = {0};
    DIR *list = opendir(name);
    const struct dirent *entry;

    buf_addf(&there, "%s/%.*s", copy->scratch, SPAN_ARG(path));
    file_make_dirs(buf_string(&there), copy->diags);
    while (list != NULL && (entry = readdir(list)) != NULL)
        copy_entry(copy, path, entry->d_name);
    if (list != NULL)
        closedir(list);
    drop_gone(copy, path);
    buf_free(&there);
}

/* Chapters are copied, folders made, all else is linked. */
static void copy_path(const struct copy *copy, struct span path)
{
    struct buf name = {0};
    struct stat status;

    buf_add(&name, path);
    if (stat(buf_string(&name), &status) == 0) {
        if (S_ISDIR(status.st_mode))
            copy_folder(copy, path, buf_string(&name));
        else if (span_ends(path, ".md"))
            copy_chapter(copy, path);
        else
            link_to(copy, path);
    }
    buf_free(&name);
}

static bool is_chapters(const char *name, const char *const *chapters, size_t count)
{
    size_t len = strlen(name);

    for (size_t i = 0; i < count; i++)
        if (strncmp(chapters[i], name, len) == 0 &&
            (chapters[i][len] == '\0' || chapters[i][len] == '/'))
            return true;
    return false;
}

static void link_rest(const struct copy *copy, const char *const *chapters, size_t count)
{
    DIR *list = opendir(".");
    const struct dirent *entry;

    while (list != NULL && (entry = readdir(list)) != NULL)
        if (entry->d_name[0] != '.' && strcmp(entry->d_name, "build") != 0 &&
            !is_chapters(entry->d_name, chapters, count))
            link_to(copy, span_of(entry->d_name));
    if (list != NULL)
        closedir(list);
}

/* What the book has built is built in the copy: with its times, so that Make makes
 * none of it again. */
static void copy_build(const struct copy *copy)
{
    static const char script[] =
        "mkdir -p \"$0/build\" && for part in annotated plain bin obj explore tested woven "
        "book.mk; do "
        "test ! -e \"build/$part\" || cp -a --reflink=auto \"build/$part\" \"$0/build/\"; done";
    struct process_result result;
    int err = PROCESS_RUN(&result, PROCESS_ARGV("sh", "-c", script, copy->scratch),
                          .capture_output = true, .check = true, .death_signal = SIGTERM);

    if (err != 0)
        diag_system(copy->diags, "cannot copy what is built: %s", result.message);
    process_result_destroy(&result);
}

bool drafts_write(const struct drafts *drafts, const char *scratch, const char *const *chapters,
                  size_t count, struct diags *diags)
{
    const struct copy copy = {.drafts = drafts, .scratch = scratch, .diags = diags};
    size_t errors = diags->errors;
    struct buf built = {0};

    if (count == 0) {
        chapters = usual;
        count = 1;
    }
    buf_addf(&built, "%s/build", scratch);
    if (!file_exists(buf_string(&built)))
        copy_build(&copy);
    buf_free(&built);
    link_rest(&copy, chapters, count);
    for (size_t i = 0; i < count; i++)
        copy_path(&copy, span_of(chapters[i]));
    return diags->errors == errors;
}
