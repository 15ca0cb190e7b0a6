#include "heddle/disk/manifest.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/base/hash.h"
#include "heddle/base/path.h"
#include "heddle/disk/file.h"

const char manifest_name[] = ".tangled";

enum { MOST_SIDES = 8 }; /* of a merge, whose hashes a path keeps */

/* What a merge leaves around two versions. */
static bool is_conflict(struct span line)
{
    return span_starts(line, "<<<<<<<") || span_starts(line, "=======") ||
           span_starts(line, ">>>>>>>") || span_starts(line, "|||||||");
}

/* A path that a merge left twice has the hashes of both sides, or of as many as
 * an octopus has; else the last line counts. */
static void add_listed(struct manifest *manifest, struct span path, struct span hash)
{
    void **slot = table_put(&manifest->listed, path);
    struct buf both = {0};

    if (*slot == NULL)
        manifest->paths[manifest->count++] = path;
    if (manifest->merging && *slot != NULL && strlen(*slot) < MOST_SIDES * HASH_DIGITS)
        buf_adds(&both, *slot);
    buf_add(&both, hash);
    *slot = arena_copy(&manifest->arena, both.ptr, both.len);
    buf_free(&both);
}

/* "32 digits, two blanks, path", as xxh128sum prints it. */
static void read_listed(struct manifest *manifest, struct span text)
{
    struct span line, rest = text;
    size_t lines = 0;

    while (span_line(&rest, &line))
        lines++;
    manifest->paths = arena_array(&manifest->arena, lines, sizeof *manifest->paths);
    for (rest = text; span_line(&rest, &line);) {
        struct span path = span_skip(line, HASH_DIGITS + 2);

        if (is_conflict(line))
            manifest->merging = true;
        else if (!span_is(path, manifest_name) && path_fault(path) == NULL)
            add_listed(manifest, path, (struct span){line.ptr, HASH_DIGITS});
    }
}

void manifest_read(struct manifest *manifest, int folder)
{
    int fd = openat(folder, manifest_name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct buf text = {0};

    if (fd >= 0 && file_read_fd(fd, &text) == 0) {
        manifest->text = arena_copy(&manifest->arena, text.ptr, text.len);
        read_listed(manifest, span_of(manifest->text));
    }
    if (fd >= 0)
        close(fd);
    buf_free(&text);
}

const char *manifest_hash(const struct manifest *manifest, struct span path)
{
    return table_get(&manifest->listed, path);
}

bool manifest_lists(const struct manifest *manifest, struct span path, struct span text)
{
    const char *listed = manifest_hash(manifest, path);
    char hash[HASH_DIGITS + 1];

    hash_text(text, hash);
    for (; listed != NULL && *listed != '\0'; listed += HASH_DIGITS)
        if (strncmp(listed, hash, HASH_DIGITS) == 0)
            return true;
    return false;
}

void manifest_put(struct manifest *manifest, const char *hash, struct span path)
{
    struct buf line = {0};

    buf_addf(&line, "%.*s  %.*s\n", HASH_DIGITS, hash, SPAN_ARG(path));
    *ARRAY_PUSH(manifest->lines, manifest->line_count, manifest->line_cap) =
        arena_copy(&manifest->arena, line.ptr, line.len);
    buf_free(&line);
}

static int compare_paths(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;

    return strcmp(*x + HASH_DIGITS, *y + HASH_DIGITS);
}

void manifest_write(struct manifest *manifest, const char *folder, struct diags *diags)
{
    struct buf path = {0}, text = {0};

    if (manifest->line_count > 0)
        qsort(manifest->lines, manifest->line_count, sizeof *manifest->lines, compare_paths);
    for (size_t i = 0; i < manifest->line_count; i++)
        buf_adds(&text, manifest->lines[i]);
    if (manifest->text == NULL ? text.len > 0 : !span_is(buf_span(&text), manifest->text)) {
        buf_addf(&path, "%s/%s", folder, manifest_name);
        file_replace(buf_string(&path), buf_span(&text), diags);
    }
    buf_free(&path);
    buf_free(&text);
}

void manifest_free(struct manifest *manifest)
{
    free(manifest->lines);
    table_free(&manifest->listed);
    arena_free(&manifest->arena);
}
