#include "heddle/pages/woven.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "heddle/base/hash.h"
#include "heddle/base/table.h"
#include "heddle/disk/file.h"

enum { NAME_AT = HASH_DIGITS + 2 }; /* "32 digits, two blanks, name" */

static char *path_below(const struct woven *woven, struct span name, struct arena *arena)
{
    size_t size = strlen(woven->dir) + name.len + 2;
    char *path = arena_array(arena, size, 1);

    snprintf(path, size, "%s/%.*s", woven->dir, SPAN_ARG(name));
    return path;
}

void woven_write(struct woven *woven, struct span name, struct span text, struct diags *diags)
{
    struct arena arena = {0};
    char digits[HASH_DIGITS + 1];

    hash_text(text, digits);
    if (file_replace(path_below(woven, name, &arena), text, diags))
        buf_addf(&woven->list, "%s  %.*s\n", digits, SPAN_ARG(name));
    arena_free(&arena);
}

/* A list that somebody has edited must not lead out of the folder. */
static bool is_below(struct span name)
{
    struct span rest = name, before;

    return name.len > 0 && name.ptr[0] != '/' && !span_starts(name, "../") &&
           !span_find(&rest, "/../", &before);
}

static bool is_as_written(const char *path, struct span line, struct arena *arena)
{
    struct diags ignored = {0};
    struct span text;
    char digits[HASH_DIGITS + 1];
    bool same = file_exists(path) && file_read(arena, path, &text, &ignored);

    if (same) {
        hash_text(text, digits);
        same = memcmp(digits, line.ptr, HASH_DIGITS) == 0;
    }
    diag_free(&ignored);
    return same;
}

/* A folder goes with the last file in it, up to that of the pages. */
static void remove_file(const struct woven *woven, char *path)
{
    size_t kept = strlen(woven->dir);

    unlink(path);
    for (char *slash; (slash = strrchr(path + kept + 1, '/')) != NULL;) {
        *slash = '\0';
        if (rmdir(path) != 0)
            break;
    }
}

static void sweep(const struct woven *woven, struct span listed, struct arena *arena)
{
    struct table written = {0};
    struct span now = buf_span(&woven->list);

    for (struct span line; span_line(&now, &line);)
        *table_put(&written, span_skip(line, NAME_AT)) = &written;
    for (struct span line; span_line(&listed, &line);) {
        struct span name = line.len > NAME_AT ? span_skip(line, NAME_AT) : span_of("");
        char *path = path_below(woven, name, arena);

        if (is_below(name) && table_get(&written, name) == NULL && is_as_written(path, line, arena))
            remove_file(woven, path);
    }
    table_free(&written);
}

void woven_close(struct woven *woven, struct diags *diags)
{
    struct arena arena = {0};
    struct span listed = span_of("");
    const char *path = path_below(woven, span_of(".woven"), &arena);

    if (!diag_failed(diags) && file_exists(path))
        file_read(&arena, path, &listed, diags);
    if (!diag_failed(diags)) {
        sweep(woven, listed, &arena);
        file_replace(path, buf_span(&woven->list), diags);
    }
    buf_free(&woven->list);
    arena_free(&arena);
}
