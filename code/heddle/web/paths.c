#include "heddle/web/paths.h"

#include <string.h>

#include "heddle/base/unicode.h"

/* Make and its shell read the rest of ASCII as something else, or as an end. */
static bool is_plain_in_make(char c)
{
    return (unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
           (c >= 'a' && c <= 'z') || strchr("._-+,@/", c) != NULL;
}

size_t paths_plain_length(struct span path)
{
    size_t len = 0;

    while (len < path.len && is_plain_in_make(path.ptr[len]))
        len++;
    return len;
}

/* Such a file is written, but Make is not told of it. */
static void warn_of_name(const struct target *target, struct diags *diags)
{
    struct span where = target_path_span(target);

    if (target->in_make || target->interpreter.len > 0 ||
        !(span_ends(target->path, ".c") || target->program))
        return;
    diag_add(diags, target->program ? DIAG_ERROR : DIAG_WARNING,
             source_place(&target->part->chapter->source, where.ptr), (unsigned)where.len,
             "Make would misread the \"%c\" in this name, so the file is not compiled; "
             "use letters, digits and . _ - + , @ /",
             target->path.ptr[paths_plain_length(target->path)]);
}

/* Of two paths as deep as each other at least: what of it is as deep as `piece`. */
static struct span as_deep(struct span path, struct span piece)
{
    size_t slashes = 0, len = 0;

    for (size_t i = 0; i < piece.len; i++)
        slashes += piece.ptr[i] == '/';
    while (len < path.len && (path.ptr[len] != '/' || slashes-- > 0))
        len++;
    return (struct span){path.ptr, len};
}

static void report_alike(struct place place, size_t width, struct span piece, struct span other,
                         struct arena *arena, struct diags *diags)
{
    bool composed = span_equal(unicode_in_form(piece, UNICODE_COMPOSED, arena),
                               unicode_in_form(other, UNICODE_COMPOSED, arena));

    diag_add(diags, DIAG_WARNING, place, (unsigned)width,
             composed ? "\"%.*s\" and \"%.*s\" look the same, and only Unicode's normal form is "
                        "another: macOS takes them for one"
                      : "\"%.*s\" and \"%.*s\" differ only in case: macOS and Windows take them "
                        "for one",
             SPAN_ARG(piece), SPAN_ARG(other));
}

/* Some file systems keep one of "x.c" and "X.c", "Lib/" and "lib/", or of an accent
 * that is a letter's and one of its own. */
static void warn_of_alike(struct table *seen, struct target *target, struct arena *arena,
                          struct diags *diags)
{
    struct span path = target->path;

    for (size_t len = 1; len <= path.len; len++) {
        struct span piece = {path.ptr, len}, other;
        struct target **slot;

        if (len < path.len && path.ptr[len] != '/')
            continue;
        slot = (struct target **)table_put(seen, unicode_in_form(piece, UNICODE_FOLDED, arena));
        if (*slot == NULL)
            *slot = target;
        other = as_deep((*slot)->path, piece);
        if (!span_equal(other, piece)) {
            struct span where = target_path_span(target);

            report_alike(source_place(&target->part->chapter->source, where.ptr), where.len, piece,
                         other, arena, diags);
            return;
        }
    }
}

static void check_alike(struct web *web, struct diags *diags)
{
    struct table seen = {0};

    for (size_t i = 0; i < web->target_count; i++)
        warn_of_alike(&seen, web->targets[i], &web->arena, diags);
    table_free(&seen);
}

static void check_chapters(struct web *web, struct diags *diags)
{
    struct table seen = {0};

    for (size_t i = 0; i < web->chapter_count; i++) {
        const struct chapter *chapter = &web->chapters[i], *other;
        struct span path = span_of(chapter->source.path);
        void **slot = table_put(&seen, unicode_in_form(path, UNICODE_FOLDED, &web->arena));

        other = *slot;
        *slot = &web->chapters[i];
        if (other != NULL && !span_is(path, other->source.path))
            report_alike((struct place){&chapter->source, 0, 0}, 0, path,
                         span_of(other->source.path), &web->arena, diags);
    }
    table_free(&seen);
}

/* "a" and "a/b.c": no folder has room for both. */
static void check_folders(const struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->target_count; i++) {
        const struct target *target = web->targets[i], *other = NULL;

        for (size_t len = 1; len < target->path.len && other == NULL; len++)
            if (target->path.ptr[len] == '/')
                other = table_get(&web->paths, (struct span){target->path.ptr, len});
        if (other == NULL)
            continue;
        diag_error_at(diags, &target->part->chapter->source, target_path_span(target),
                      "\"%.*s\" is a file, and cannot be a folder too", SPAN_ARG(other->path));
        diag_add(diags, DIAG_NOTE, part_place(other->part), (unsigned)other->path.len,
                 "the file is made here");
    }
}

void paths_check(struct web *web, struct diags *diags)
{
    for (size_t i = 0; i < web->target_count; i++)
        warn_of_name(web->targets[i], diags);
    check_alike(web, diags);
    check_chapters(web, diags);
    check_folders(web, diags);
}
