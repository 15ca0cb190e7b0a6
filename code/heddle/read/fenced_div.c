#include "heddle/read/fenced_div.h"

#include <string.h>

#include "heddle/read/container.h"

enum { LEAST = 3 };

/* The line from its colons on, or empty. */
static struct span mark_of(struct span line)
{
    for (;;) {
        struct span text = container_skip(line);
        size_t mark = container_list_mark(text);

        if (container_run(text, ':') >= LEAST)
            return span_trim(text);
        if (mark == 0)
            return (struct span){0};
        line = span_skip(text, mark);
    }
}

/* The length of {...} at the start of the text, whose values may hold braces. */
static size_t braces_length(struct span text)
{
    char quote = '\0';

    for (size_t i = 0; i < text.len; i++) {
        if (quote != '\0')
            quote = text.ptr[i] == quote ? '\0' : quote;
        else if (strchr("\"'", text.ptr[i]) != NULL)
            quote = text.ptr[i];
        else if (text.ptr[i] == '}')
            return i + 1;
    }
    return text.len;
}

static size_t word_length(struct span text)
{
    size_t len = 0;

    if (span_starts(text, "{"))
        return braces_length(text);
    while (len < text.len && !is_blank(text.ptr[len]) && strchr("[{", text.ptr[len]) == NULL)
        len++;
    return len;
}

/* ::: note[Title] as well as ::: note Title */
static struct span without_brackets(struct span text)
{
    if (span_starts(text, "[") && span_ends(text, "]"))
        return span_trim((struct span){text.ptr + 1, text.len - 2});
    return text;
}

/* What would end HTML that the line stands in, if anybody saw it. */
static bool ends_html(struct span text)
{
    static const char *const ends[] = {"</", "-->", "?>", "]]>"};

    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (span_has(text, ends[i]))
            return true;
    return false;
}

bool fenced_div_read(struct span line, struct fenced_div *div)
{
    struct span text = mark_of(line), info;

    if (text.len == 0 || ends_html(text))
        return false;
    *div = (struct fenced_div){.colons = container_run(text, ':'), .mark = text};
    info = span_trim(span_skip(text, div->colons));
    while (info.len > 0 && info.ptr[info.len - 1] == ':') /* ::: notes ::: */
        info = span_trim((struct span){info.ptr, info.len - 1});
    div->info = info;
    div->word = (struct span){info.ptr, word_length(info)};
    div->rest = without_brackets(span_trim(span_skip(info, div->word.len)));
    return true;
}

static void mask(const struct source *source, unsigned first, struct span text, const char **masked,
                 struct arena *arena)
{
    const char *begin = source->line_starts[first - 1];
    const char *end = source->text.ptr + source->text.len;
    char *at;

    if (*masked == NULL)
        *masked = arena_copy(arena, begin, (size_t)(end - begin));
    at = (char *)(uintptr_t)*masked + (text.ptr - begin);
    memset(at, ' ', text.len);
    memset(at, '_', LEAST);
}

void fenced_div_mask(const struct source *source, unsigned first, const char **masked,
                     struct arena *arena)
{
    struct fenced_div div;
    bool opened = false;

    if (!span_has(source->text, ":::"))
        return;
    for (unsigned line = first; line <= source->line_count; line++)
        if (fenced_div_read(source_line(source, line), &div) && (div.info.len > 0 || opened)) {
            mask(source, first, div.mark, masked, arena);
            opened = true;
        }
}
