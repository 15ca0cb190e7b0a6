#include "heddle/read/unread.h"

#include <limits.h>
#include <string.h>
#include <strings.h>

#include "heddle/read/container.h"
#include "heddle/read/foreign.h"

enum {
    MARKER = 7,        /* signs of a line that a merge conflict leaves */
    FAR = 1000,        /* lines; what belongs to a fence is looked for no further */
    DEEPEST_FENCE = 3, /* columns; CommonMark 0.30, section 4.5 */
};

static struct span line_text(const struct chapter *chapter, unsigned line)
{
    return source_line(&chapter->source, line);
}

__attribute__((format(printf, 5, 6))) static void say(struct diags *diags, enum diag_level level,
                                                      const struct chapter *chapter,
                                                      struct span where, const char *format, ...)
{
    struct buf message = {0};
    va_list args;

    va_start(args, format);
    buf_addv(&message, format, args);
    va_end(args);
    diag_add(diags, level, source_place(&chapter->source, where.ptr), (unsigned)where.len, "%s",
             buf_string(&message));
    buf_free(&message);
}

static void count_unread(struct chapter *chapter, unsigned line)
{
    if (chapter->unread_count++ == 0 || line < chapter->unread_line)
        chapter->unread_line = line;
}

static bool is_chunk(const struct block *block)
{
    return (block->attrs.id.len > 0 || attr_get(&block->attrs, "file") != NULL) &&
           !attr_has_class(&block->attrs, "no-tangle");
}

/* Fences -------------------------------------------------------------------- */

/* A line's fence, as it would open or close a block. */
struct fence {
    struct span mark; /* the line from its fence on */
    struct span info;
    size_t length; /* 0: the line is no fence */
};

static struct fence fence_of(struct span text)
{
    struct fence fence = {.mark = span_trim(text)};

    if (fence.mark.len == 0 || strchr("`~", fence.mark.ptr[0]) == NULL)
        return fence;
    fence.length = container_run(fence.mark, fence.mark.ptr[0]);
    fence.info = span_trim(span_skip(fence.mark, fence.length));
    if (fence.length < 3 || (fence.mark.ptr[0] == '`' && fence.info.len > 0 &&
                             memchr(fence.info.ptr, '`', fence.info.len) != NULL))
        fence.length = 0; /* `code` in a line of text */
    return fence;
}

static bool closes(const struct fence *fence, const struct fence *opening)
{
    return fence->length >= opening->length && fence->info.len == 0 &&
           fence->mark.ptr[0] == opening->mark.ptr[0];
}

/* Would it have made a chunk or a test? */
static bool asks_for_us(struct span info)
{
    const char *brace = info.len > 0 ? memchr(info.ptr, '{', info.len) : NULL;

    return brace != NULL && attr_is_for_us(span_between(brace, info.ptr + info.len));
}

/* Blanks that no one sees, U+00A0 and U+200B; a fence that closes has nothing behind it. */
static bool is_invisible(struct span info)
{
    while (info.len > 0) {
        if (span_starts(info, "\xc2\xa0"))
            info = span_skip(info, 2);
        else if (span_starts(info, "\xe2\x80\x8b"))
            info = span_skip(info, 3);
        else
            return false;
    }
    return true;
}

static const char *how_to_end(const struct block *block, const struct fence *inner)
{
    if (is_invisible(inner->info))
        return "it would end that block, but for a blank behind it that is none (U+00A0 or "
               "U+200B); take that away";
    if (block->info.len == 0)
        return "end that block before it, take that line away if it was to end one, or lengthen "
               "its fence if it is to show this one";
    return "end that block before it, or lengthen its fence if it is to show this one";
}

/* A shorter fence, or one of the other sign, is shown on purpose: then the
 * outer one was chosen to hold it. One that could close the block but for its
 * info string was meant to open the next. */
static void find_swallowed(struct chapter *chapter, const struct block *block, struct diags *diags)
{
    for (unsigned i = 0; i < block->line_count; i++) {
        struct span text = code_line_span(&block->lines[i]);
        struct fence fence = fence_of(text);
        bool harms = is_chunk(block) || asks_for_us(fence.info);

        if (fence.length < block->fence_length || fence.info.len == 0 ||
            fence.mark.ptr[0] != block->fence_char ||
            block->lines[i].pad + container_width(text, fence.mark.ptr) > DEEPEST_FENCE)
            continue;
        say(diags, harms ? DIAG_ERROR : DIAG_WARNING, chapter, fence.mark,
            "this fence stands inside the block that line %u opens; %s", block->line,
            how_to_end(block, &fence));
        count_unread(chapter, block_code_line(block, i));
        return;
    }
}

/* Fences that are none -------------------------------------------------------- */

/* The last block that begins above a line; blocks go by line. */
static const struct block *block_above(const struct chapter *chapter, unsigned line)
{
    size_t low = 0, high = chapter->block_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (chapter->blocks[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? &chapter->blocks[low - 1] : NULL;
}

static const struct block *indented_at(const struct chapter *chapter, unsigned line)
{
    const struct block *block = block_above(chapter, line);

    return block != NULL && block->kind == BLOCK_CODE && !block->fenced && line <= block->end_line
               ? block
               : NULL;
}

/* The line that the indented one belongs to: above it and further left. */
static struct span owner_of(const struct chapter *chapter, unsigned line)
{
    struct span text = line_text(chapter, line);
    unsigned column = container_width(text, container_skip(text).ptr);

    for (unsigned left = FAR; left > 0 && --line >= chapter->body_line; left--) {
        struct span above = line_text(chapter, line), mark = container_skip(above);

        if (mark.len > 0 && container_width(above, mark.ptr) < column)
            return mark;
    }
    return (struct span){"", 0};
}

static const char *why_indented(const struct chapter *chapter, const struct block *block,
                                unsigned line)
{
    static const char *const containers[] = {"??? ", "???+ ", "=== ", "!!! "};
    struct span owner = owner_of(chapter, line);

    if (SPAN_STARTS_ANY(owner, containers))
        return "a container of mkdocs is not known inside of a list, so this is indented code; "
               "indent it less";
    if (block->nested || container_list_mark(owner) > 0)
        return "it stands four columns or more behind its list item, and so is indented code; "
               "indent it less";
    return "it is indented by four columns or more, and so is indented code; indent it less, "
           "or show it in a longer fence";
}

/* A block of HTML from its tag on. */
static struct span html_text(const struct chapter *chapter, const struct line_range *html)
{
    struct span text = container_skip(line_text(chapter, html->first));

    for (size_t mark; (mark = container_list_mark(text)) > 0;)
        text = container_skip(span_skip(text, mark));
    return span_trim(text);
}

/* These say that what they hold is not Markdown. */
static bool is_shown(const struct chapter *chapter, const struct line_range *html)
{
    static const char *const names[] = {"<!--", "<pre", "<script", "<style", "<textarea"};

    return SPAN_STARTS_ANY(html_text(chapter, html), names);
}

/* md4c 0.4.8 lets such a fence open a block, so that markdown.c reports it. */
static const char deep[] =
    "goes on with the paragraph above; indent it less, or put a blank line before it";

/* What only a mark of its own ends (CommonMark 0.30, section 4.6, kinds 1 to 5). */
static const struct {
    const char *start, *name, *end;
} ended[] = {
    {"<!--", "this comment", "-->"},
    {"<pre", "this <pre>", "</pre>"},
    {"<script", "this <script>", "</script>"},
    {"<style", "this <style>", "</style>"},
    {"<textarea", "this <textarea>", "</textarea>"},
};

static bool contains(struct span text, const char *word)
{
    size_t len = strlen(word);

    for (; text.len >= len; text = span_skip(text, 1))
        if (strncasecmp(text.ptr, word, len) == 0)
            return true;
    return false;
}

/* Does it end up to the block's last line? A tag of kind 1 is ended by any of theirs. */
static bool is_ended(const struct chapter *chapter, const struct line_range *html, const char *end)
{
    for (unsigned line = html->first; line <= html->last; line++) {
        struct span text = line_text(chapter, line);

        if (contains(text, end))
            return true;
        for (size_t i = 1; end[0] == '<' && i < sizeof ended / sizeof *ended; i++)
            if (contains(text, ended[i].end))
                return true;
    }
    return false;
}

/* A commented block is nothing to a reader, but a file to Entangled. Of a comment that
 * nothing ends, find_endless() speaks. */
static const char *why_in_comment(const struct chapter *chapter, const struct line_range *html,
                                  struct span info)
{
    return asks_for_us(info) && span_starts(html_text(chapter, html), "<!--") &&
                   is_ended(chapter, html, "-->")
               ? "it stands in a comment; take it out of there, or mark it .no-tangle"
               : NULL;
}

/* Why the fence of a line opens no block; NULL when that is meant so. */
static const char *why_unread(const struct chapter *chapter, unsigned line, struct span info)
{
    const struct block *indented = indented_at(chapter, line);
    const struct line_range *html = line_range_with(chapter->html, chapter->html_count, line);

    if (indented != NULL)
        return why_indented(chapter, indented, line);
    if (html == NULL)
        return deep;
    return is_shown(chapter, html) ? why_in_comment(chapter, html, info)
                                   : "the HTML tag above goes on up to the next blank line; "
                                     "put one before this fence";
}

/* The last line of what this fence seems to open, up to `end`; 0: none closes it. */
static unsigned seems_to_end(const struct chapter *chapter, const struct fence *opening,
                             unsigned line, unsigned end)
{
    for (unsigned left = FAR; left > 0 && ++line < end; left--) {
        struct fence fence = fence_of(container_skip(line_text(chapter, line)));

        if (closes(&fence, opening))
            return line;
    }
    return 0;
}

/* A line of text with which another tool makes code. */
static void find_in_text(struct chapter *chapter, unsigned line, struct diags *diags)
{
    struct span text = span_trim(container_skip(line_text(chapter, line)));
    const char *why = foreign_line(text);
    const struct line_range *html;

    if (why == NULL || indented_at(chapter, line) != NULL)
        return;
    html = line_range_with(chapter->html, chapter->html_count, line);
    if (html != NULL && is_shown(chapter, html))
        return;
    say(diags, DIAG_WARNING, chapter, text, "%s", why);
    count_unread(chapter, line);
}

/* From line `from` to before `end` no fenced block stands. */
static void find_between(struct chapter *chapter, unsigned from, unsigned end, struct diags *diags)
{
    for (unsigned line = from; line < end; line++) {
        struct fence fence = fence_of(container_skip(line_text(chapter, line)));
        unsigned last;
        const char *why;

        if (fence.length == 0) {
            find_in_text(chapter, line, diags);
            continue;
        }
        last = seems_to_end(chapter, &fence, line, end);
        if (last == 0 && fence.info.len == 0)
            continue;
        why = why_unread(chapter, line, fence.info);
        if (why == deep)
            say(diags, DIAG_ERROR, chapter, fence.mark, "this fence %s", why);
        else if (why != NULL)
            say(diags, DIAG_WARNING, chapter, fence.mark, "this block is not read: %s", why);
        if (why != NULL)
            count_unread(chapter, line);
        line = last > 0 ? last : line;
    }
}

/* HTML that nothing ends --------------------------------------------------------- */

/* Does it hold a block that would have made a chunk or a test? */
static bool holds_ours(const struct chapter *chapter, const struct line_range *html)
{
    for (unsigned line = html->first + 1; line <= html->last; line++) {
        struct fence fence = fence_of(container_skip(line_text(chapter, line)));

        if (fence.length > 0 && asks_for_us(fence.info))
            return true;
    }
    return false;
}

/* It takes all that follows it in its item, quote or chapter. */
static void find_endless(struct chapter *chapter, const struct line_range *html,
                         struct diags *diags)
{
    struct span text = html_text(chapter, html);
    bool harms = holds_ours(chapter, html);

    for (size_t i = 0; i < sizeof ended / sizeof *ended; i++) {
        size_t len = strlen(ended[i].start);

        if (text.len < len || strncasecmp(text.ptr, ended[i].start, len) != 0 ||
            html->last == html->first || is_ended(chapter, html, ended[i].end))
            continue;
        say(diags, harms ? DIAG_ERROR : DIAG_WARNING, chapter, text,
            "%s is never closed, and takes all up to line %u; end it with %s", ended[i].name,
            html->last, ended[i].end);
        if (harms)
            count_unread(chapter, html->first);
    }
}

/* Merge conflicts ------------------------------------------------------------- */

static bool is_marker(struct span line, char sign)
{
    return container_run(line, sign) == MARKER &&
           (line.len == MARKER || (sign != '=' && line.ptr[MARKER] == ' '));
}

/* Which mark of a conflict a line is: <, = or >; NUL: none. */
static char marker_of(struct span line)
{
    static const char signs[] = "<=>";

    for (size_t i = 0; i < strlen(signs); i++)
        if (is_marker(line, signs[i]))
            return signs[i];
    return '\0';
}

static const struct block *code_at(const struct chapter *chapter, unsigned line)
{
    const struct block *block = block_above(chapter, line);

    return block != NULL && block->kind == BLOCK_CODE && line <= block->end_line ? block : NULL;
}

/* What a program is asked to print. */
static bool is_promise(const struct block *block)
{
    return attr_get(&block->attrs, "of") != NULL && !attr_has_class(&block->attrs, "no-tangle");
}

/* A conflict whose lines are `first` to `last`. A chapter on git shows one whole, in a block that
 * makes nothing. One that a program prints is found by its test. */
static void say_conflict(const struct chapter *chapter, unsigned first, unsigned last,
                         struct diags *diags)
{
    const struct block *block = code_at(chapter, first);
    bool inside = block != NULL && last <= block->end_line && !is_chunk(block);

    if (!inside || is_promise(block))
        say(diags, inside ? DIAG_WARNING : DIAG_ERROR, chapter, line_text(chapter, first),
            "a merge left two versions here, up to line %u; keep one of them", last);
}

/* A mark whose other ends are gone. */
static void say_half(const struct chapter *chapter, unsigned line, struct diags *diags)
{
    const struct block *block = line > 0 ? code_at(chapter, line) : NULL;
    bool harms = block != NULL && is_chunk(block);

    if (line > 0 && (block == NULL || harms || is_promise(block)))
        say(diags, harms ? DIAG_ERROR : DIAG_WARNING, chapter, line_text(chapter, line),
            "a merge left this line, and not all that belongs to it; keep one of the two versions, "
            "and remove this line");
}

static void find_conflicts(struct chapter *chapter, struct diags *diags)
{
    unsigned first = 0, middle = 0;

    for (unsigned line = 1; line <= chapter->source.line_count; line++) {
        char sign = marker_of(line_text(chapter, line));

        if (sign == '<') {
            say_half(chapter, first, diags);
            first = line;
            middle = 0;
        } else if (sign == '=') {
            middle = first > 0 ? line : 0;
        } else if (sign == '>' && middle > 0) {
            say_conflict(chapter, first, line, diags);
            first = middle = 0;
        } else if (sign == '>') {
            say_half(chapter, first, diags);
            say_half(chapter, line, diags);
            first = 0;
        }
    }
    say_half(chapter, first, diags);
}

/* How many columns its fence's own indentation has taken from a line. */
static unsigned columns_cut(const struct chapter *chapter, const struct block *block, unsigned i)
{
    struct span text = line_text(chapter, block_code_line(block, i));

    return container_width(text, block->lines[i].ptr) - block->lines[i].pad;
}

/* An indented fence takes as much from each line, as far as it is there: where one line
 * has less than the others, they no longer stand as they were written. */
static void find_uneven(struct chapter *chapter, const struct block *block, struct diags *diags)
{
    unsigned least = UINT_MAX, most = 0, first = 0;

    for (unsigned i = 0; i < block->line_count; i++) {
        unsigned cut = columns_cut(chapter, block, i);

        if (span_trim(code_line_span(&block->lines[i])).len == 0)
            continue;
        if (cut < least)
            first = i;
        least = cut < least ? cut : least;
        most = cut > most ? cut : most;
    }
    if (least < most)
        say(diags, DIAG_WARNING, chapter, code_line_span(&block->lines[first]),
            "this line is indented less than its fence, which takes %u column%s from others of "
            "this block and %u from it; indent the fence as its lines are",
            most, most == 1 ? "" : "s", least);
}

static void find_foreign(struct chapter *chapter, const struct block *block, struct diags *diags)
{
    struct foreign foreign;

    if (!foreign_find(block, &foreign))
        return;
    say(diags, DIAG_WARNING, chapter, foreign.where, "%s", foreign.why);
    count_unread(chapter, foreign.inside ? source_place(&chapter->source, foreign.where.ptr).line
                                         : block->line);
}

void unread_find(struct chapter *chapter, struct diags *diags)
{
    unsigned from = chapter->body_line;

    for (size_t i = 0; i < chapter->block_count; i++) {
        const struct block *block = &chapter->blocks[i];

        if (block->kind != BLOCK_CODE || !block->fenced)
            continue;
        find_between(chapter, from, block->line, diags);
        find_swallowed(chapter, block, diags);
        find_foreign(chapter, block, diags);
        if (is_chunk(block) && !block->nested)
            find_uneven(chapter, block, diags);
        from = block->end_line + 1;
    }
    find_between(chapter, from, chapter->source.line_count + 1, diags);
    for (size_t i = 0; i < chapter->html_count; i++)
        find_endless(chapter, &chapter->html[i], diags);
    find_conflicts(chapter, diags);
}
