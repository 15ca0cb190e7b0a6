#include "heddle/tangle/edited.h"

#include <stdlib.h>

#include "heddle/base/array.h"
#include "heddle/disk/file.h"
#include "heddle/expect/diff.h"
#include "heddle/tangle/tangle.h"

enum { MOST_NAMED = 3 };

struct line_list {
    struct span *list;
    size_t count, cap;
};

struct texts {
    struct line_list chapter, file;
};

static void split(struct line_list *lines, struct span text)
{
    struct span line;

    while (span_line(&text, &line))
        *ARRAY_PUSH(lines->list, lines->count, lines->cap) = line;
}

static bool same(const void *context, size_t a, size_t b)
{
    const struct texts *texts = context;

    return span_equal(texts->chapter.list[a], texts->file.list[b]);
}

/* Where the file goes on differently: lines of the chapter up to *end are gone,
 * lines of the file up to *file are new. */
static bool next_place(const struct diff *diff, size_t *begin, size_t *end, size_t *file)
{
    for (;; ++*begin, ++*file) {
        *end = *begin;
        while (*end < diff->old_count && !diff->old_kept[*end])
            ++*end;
        if (*end > *begin || (*file < diff->new_count && !diff->new_kept[*file]))
            return true;
        if (*begin >= diff->old_count)
            return false;
    }
}

/* New lines stand behind the one before them. */
static void name_place(const struct origin *origins, size_t count, size_t begin, size_t file,
                       bool is_new, const char *path, struct diags *diags)
{
    size_t line = is_new && begin > 0 ? begin - 1 : begin < count ? begin : count - 1;

    if (count > 0)
        diag_add(diags, DIAG_NOTE,
                 (struct place){&origins[line].part->chapter->source, origins[line].line, 1}, 1,
                 is_new ? "behind this line, %s has more at its line %zu"
                        : "this line is another one in %s, at its line %zu",
                 path, file + 1);
}

static void name_places(const struct diff *diff, const struct target *target, const char *path,
                        struct diags *diags)
{
    size_t count, begin = 0, end, file = 0, named = 0;
    struct origin *origins = tangle_origins(target, &count);

    while (named < MOST_NAMED && next_place(diff, &begin, &end, &file)) {
        name_place(origins, count, begin, file, end == begin, path, diags);
        named++;
        begin = end;
        while (file < diff->new_count && !diff->new_kept[file])
            file++;
    }
    free(origins);
}

void edited_explain(const struct target *target, struct span text, const char *path,
                    struct diags *diags)
{
    struct arena arena = {0};
    struct texts texts = {0};
    struct span file;
    struct diff diff;

    if (file_read(&arena, path, &file, diags)) {
        split(&texts.chapter, text);
        split(&texts.file, file);
        diff_compute(&diff, texts.chapter.count, texts.file.count, same, &texts);
        name_places(&diff, target, path, diags);
        diff_free(&diff);
    }
    free(texts.chapter.list);
    free(texts.file.list);
    arena_free(&arena);
}
