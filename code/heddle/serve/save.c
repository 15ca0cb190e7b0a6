#include "heddle/serve/save.h"

#include "heddle/disk/file.h"

bool save_read(struct span path, struct buf *json)
{
    struct arena arena = {0};
    struct diags diags = {0};
    char hash[HASH_DIGITS + 1];
    struct span text;
    bool read = file_read(&arena, arena_copy(&arena, path.ptr, path.len), &text, &diags);

    if (read) {
        hash_text(text, hash);
        buf_addf(json, "{\"hash\": \"%s\", \"text\": ", hash);
        buf_add_json(json, text);
        buf_addc(json, '}');
    }
    arena_free(&arena);
    diag_free(&diags);
    return read;
}

/* Is this still what the file holds? */
static bool holds(struct arena *arena, const char *path, struct span base)
{
    char hash[HASH_DIGITS + 1];
    struct diags diags = {0};
    struct span text;
    bool read = file_read(arena, path, &text, &diags);

    diag_free(&diags);
    if (read)
        hash_text(text, hash);
    return read && span_is(base, hash);
}

enum save_result save_write(struct span path, struct span base, struct span text, struct buf *why)
{
    struct arena arena = {0};
    struct diags diags = {0};
    const char *name = arena_copy(&arena, path.ptr, path.len);
    enum save_result result = SAVE_CONFLICT;

    if (holds(&arena, name, base))
        result = file_replace(name, text, &diags) ? SAVE_DONE : SAVE_FAILED;
    for (size_t i = 0; i < diags.count; i++)
        buf_addf(why, "%s\n", diags.list[i].message);
    diag_free(&diags);
    arena_free(&arena);
    return result;
}
