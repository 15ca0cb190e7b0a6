#define _GNU_SOURCE /* memrchr */
#include "heddle/base/path.h"

#include <string.h>

#include "heddle/base/arena.h"

struct span path_folder(struct span path)
{
    const char *slash = path.len > 0 ? memrchr(path.ptr, '/', path.len) : NULL;

    return span_between(path.ptr, slash != NULL ? slash : path.ptr);
}

struct span path_name(struct span path)
{
    const char *slash = path.len > 0 ? memrchr(path.ptr, '/', path.len) : NULL;

    return slash != NULL ? span_between(slash + 1, path.ptr + path.len) : path;
}

struct span path_stem(struct span path)
{
    struct span name = path_name(path);
    const char *dot = name.len > 0 ? memrchr(name.ptr, '.', name.len) : NULL;

    return dot != NULL && dot > name.ptr ? span_between(name.ptr, dot) : name;
}

struct span path_plain(struct span path, struct arena *arena)
{
    char *plain = arena_alloc(arena, path.len + 1);
    size_t len = 0;

    for (size_t i = 0; i < path.len; i++) {
        bool starts = len == 0 || plain[len - 1] == '/';

        if (starts && span_starts(span_skip(path, i), "./"))
            i++;
        else if (!(len > 0 && starts && path.ptr[i] == '/'))
            plain[len++] = path.ptr[i];
    }
    return (struct span){plain, len};
}

struct span path_beside(struct span file, struct span name, struct arena *arena)
{
    struct buf path = {0};
    struct span beside;

    buf_add(&path, span_between(file.ptr, path_name(file).ptr));
    buf_add(&path, name);
    beside = buf_take(&path, arena);
    buf_free(&path);
    return beside;
}

/* Back to before the last piece; false when there is none to leave. */
static bool leave_piece(struct buf *joined)
{
    struct span whole = buf_span(joined);

    if (whole.len == 0 || span_is(path_name(whole), ".."))
        return false;
    joined->len = path_folder(whole).len;
    return true;
}

static void add_piece(struct buf *joined, struct span piece)
{
    if (piece.len == 0 || span_is(piece, ".") || (span_is(piece, "..") && leave_piece(joined)))
        return;
    if (joined->len > 0)
        buf_addc(joined, '/');
    buf_add(joined, piece);
}

static void add_pieces(struct buf *joined, struct span path)
{
    struct span piece;

    while (span_find(&path, "/", &piece)) {
        add_piece(joined, piece);
        path = span_skip(path, 1);
    }
    add_piece(joined, path);
}

struct span path_join(struct span folder, struct span path, struct arena *arena)
{
    struct buf joined = {0};

    if (span_starts(path, "/"))
        return path;
    add_pieces(&joined, folder);
    add_pieces(&joined, path);
    if (joined.len == 0)
        buf_addc(&joined, '.');
    return buf_take(&joined, arena);
}

struct span path_below(struct span path, const char *folder)
{
    size_t len = strlen(folder);

    while (span_starts(path, "./"))
        path = span_skip(path, 2);
    if (span_starts(path, folder) && path.len > len && path.ptr[len] == '/')
        return span_skip(path, len + 1);
    return path;
}

static const char *piece_fault(struct span piece)
{
    if (span_is(piece, ".."))
        return "leads out through \"..\"";
    if (piece.len == 0 || span_is(piece, "."))
        return "ends in no file name";
    if (piece.len > 200)
        return "has a name of over 200 bytes";
    return NULL;
}

const char *path_fault(struct span path)
{
    if (path.len == 0)
        return "has no name";
    if (path.ptr[0] == '/')
        return "is absolute";
    if (path.len > 2000)
        return "has a path of over 2000 bytes";
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == 0x7f || path.ptr[i] == '\\')
            return "has a control character or a backslash in its name";
    for (const char *begin = path.ptr, *end = path.ptr + path.len; begin <= end;) {
        const char *slash = begin < end ? memchr(begin, '/', (size_t)(end - begin)) : NULL;
        const char *fault = piece_fault(span_between(begin, slash != NULL ? slash : end));

        if (fault != NULL)
            return fault;
        if (slash == NULL)
            return NULL;
        begin = slash + 1;
    }
    return NULL;
}
