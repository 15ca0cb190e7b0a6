#include "heddle/report/source.h"

#include <string.h>

/* The byte behind the line end that follows `p`, or the end of the text. */
static const char *next_line(const char *p, const char *end, bool has_cr)
{
    const char *lf = memchr(p, '\n', (size_t)(end - p));
    const char *stop = lf != NULL ? lf : end;

    if (has_cr) {
        const char *cr = memchr(p, '\r', (size_t)(stop - p));

        if (cr != NULL)
            return cr + 1 < end && cr[1] == '\n' ? cr + 2 : cr + 1;
    }
    return lf != NULL ? lf + 1 : end;
}

void source_init(struct source *source, struct arena *arena, const char *path, struct span text)
{
    const char *end = text.ptr + text.len;
    bool has_cr = text.len > 0 && memchr(text.ptr, '\r', text.len) != NULL;
    size_t count = 0, cap = text.len / 16 + 16; /* a guess; lines may be shorter */
    const char **starts = arena_array(arena, cap, sizeof *starts);

    for (const char *p = text.ptr; p < end; p = next_line(p, end, has_cr)) {
        if (count + 1 == cap) {
            const char **more = arena_array(arena, cap * 4, sizeof *starts);

            memcpy(more, starts, count * sizeof *starts);
            starts = more;
            cap *= 4;
        }
        starts[count++] = p;
    }
    starts[count] = end;
    *source = (struct source){path, text, starts, (unsigned)count};
}

struct span source_line(const struct source *source, unsigned line)
{
    struct span text;

    if (line < 1 || line > source->line_count)
        return (struct span){source->text.ptr, 0};
    text = span_between(source->line_starts[line - 1], source->line_starts[line]);
    while (text.len > 0 && (text.ptr[text.len - 1] == '\n' || text.ptr[text.len - 1] == '\r'))
        text.len--;
    return text;
}

struct place source_place(const struct source *source, const char *at)
{
    unsigned low = 0, high = source->line_count;

    while (low + 1 < high) {
        unsigned middle = low + (high - low) / 2;

        if (source->line_starts[middle] <= at)
            low = middle;
        else
            high = middle;
    }
    return (struct place){source, low + 1, (unsigned)(at - source->line_starts[low]) + 1};
}

const struct line_range *line_range_with(const struct line_range *ranges, size_t count,
                                         unsigned line)
{
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (ranges[middle].last < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && ranges[low].first <= line ? &ranges[low] : NULL;
}
