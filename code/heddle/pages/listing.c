#include "heddle/pages/listing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/pages/figure_block.h"
#include "heddle/pages/ids.h"
#include "heddle/pages/outcome_figure.h"
#include "heddle/slides/outline.h"
#include "heddle/tangle/tangle.h"

/* Places in code/ ----------------------------------------------------------- */

static struct spot *spot_of(const struct listings *listings, const struct chapter *chapter,
                            const struct block *block)
{
    return &listings->spots[chapter - listings->web->chapters][block - chapter->blocks];
}

/* A line that comes again, here or in another file, has no number of its own. */
static void mark_line(struct listings *listings, const struct target *target,
                      const struct origin *origin, unsigned number)
{
    const struct block *block = origin->part->block;
    struct spot *spot = spot_of(listings, origin->part->chapter, block);
    unsigned index = origin->line - block_code_line(block, 0);

    if (spot->target == NULL) {
        spot->target = target;
        spot->line = number;
        spot->numbers = arena_array(&listings->arena, block->line_count, sizeof *spot->numbers);
    }
    if (origin->line == block->line) /* the file's banner */
        return;
    if (spot->numbers[index] != 0)
        spot->repeated = true;
    else
        spot->numbers[index] = number;
}

static void mark_target(struct listings *listings, const struct target *target)
{
    size_t count;
    struct origin *origins = tangle_origins(target, &count);

    for (size_t i = 0; i < count; i++)
        mark_line(listings, target, &origins[i], (unsigned)i + 1);
    free(origins);
}

void listings_open(struct listings *listings, const struct web *web, const char *explored)
{
    *listings = (struct listings){.web = web, .explored = explored};
    listings->spots = arena_array(&listings->arena, web->chapter_count, sizeof *listings->spots);
    for (size_t i = 0; i < web->chapter_count; i++)
        listings->spots[i] =
            arena_array(&listings->arena, web->chapters[i].block_count, sizeof **listings->spots);
    for (size_t i = 0; i < web->target_count; i++)
        mark_target(listings, web->targets[i]);
}

void listings_close(struct listings *listings)
{
    arena_free(&listings->arena);
}

/* Code ---------------------------------------------------------------------- */

/* pandoc's token classes (skylighting's), and the tag of each in the theme:
 * there are thousands, so tags are short. What is not listed has no colour. */
static const char *token_tag(struct span class)
{
    static const struct {
        const char *tag, *classes;
    } tags[] = {
        {"b", "kw cf"},         {"i", "co do an cv in wa"}, {"c-t", "dt"},
        {"c-n", "dv fl bn cn"}, {"c-s", "st ch ss vs sc"},  {"c-f", "fu bu ex"},
        {"c-d", "pp im ot"},    {"c-e", "al er"},
    };

    for (size_t i = 0; class.len == 2 && i < sizeof tags / sizeof *tags; i++)
        for (const char *known = tags[i].classes; *known != '\0'; known += known[2] != '\0' ? 3 : 2)
            if (memcmp(known, class.ptr, 2) == 0)
                return tags[i].tag;
    return "";
}

/* Text between tags needs no escaped quotes. */
static void add_quoted(struct span html, struct buf *out)
{
    static const struct {
        const char *escaped, *plain;
    } quotes[] = {{"&quot;", "\""}, {"&#39;", "'"}};

    for (struct span before; span_find(&html, "&", &before);) {
        size_t i = 0;

        buf_add(out, before);
        while (i < 2 && !span_starts(html, quotes[i].escaped))
            i++;
        buf_adds(out, i < 2 ? quotes[i].plain : "&");
        html = span_skip(html, i < 2 ? strlen(quotes[i].escaped) : 1);
    }
    buf_add(out, html);
}

/* A token goes on with the one that has just ended, when they look the same. */
static void add_token(const char *tag, struct span html, struct buf *out)
{
    char end[8];
    int len = snprintf(end, sizeof end, "</%s>", tag);

    if (html.len == 0)
        return;
    if (*tag != '\0' && span_ends(buf_span(out), end))
        out->len -= (size_t)len;
    else if (*tag != '\0')
        buf_addf(out, "<%s>", tag);
    add_quoted(html, out);
    buf_adds(out, *tag != '\0' ? end : "");
}

static const struct use *use_at(const struct part *part, unsigned index)
{
    for (size_t i = 0; part != NULL && i < part->use_count; i++)
        if (part->uses[i].index == index)
            return &part->uses[i];
    return NULL;
}

/* <<name>>, linked to what stands there; an escaped one is what it says. */
static void add_use(const struct use *use, const struct code_line *line, struct piece *out)
{
    buf_fill(&out->html, ' ', line->pad);
    buf_add(&out->html, use->indent);
    if (!use->escaped)
        ids_add_link(out, use->name, 1);
    buf_adds(&out->html, "&lt;&lt;");
    escape_html(&out->html, use->name);
    buf_adds(&out->html, use->escaped ? "&gt;&gt;" : "&gt;&gt;</a>");
}

/* Where a pattern of an output begins in `text`, and what stands for it: the
 * chapter's {{0.5..4.5}} is "0.5 to 4.5" to a reader, {{0.5..}} "at least
 * 0.5", [..] and ... are an ellipsis. Empty when there is none. */
static struct span find_pattern(struct span text, struct span *inner)
{
    for (size_t i = 0; i + 4 <= text.len; i++) {
        struct span rest = span_skip(text, i);

        *inner = span_of("");
        if (span_starts(rest, "[..]"))
            return (struct span){rest.ptr, 4};
        if (span_starts(rest, "{{"))
            for (size_t end = 2; end + 1 < rest.len && rest.ptr[end] != '{'; end++)
                if (rest.ptr[end] == '}' && rest.ptr[end + 1] == '}') {
                    *inner = (struct span){rest.ptr + 2, end - 2};
                    return (struct span){rest.ptr, end + 2};
                }
    }
    return (struct span){text.ptr, 0};
}

/* The bounds of a range, or false: then the braces are plain text. */
static bool split_range(struct span range, struct span *low, struct span *high)
{
    for (size_t i = 0; i + 2 <= range.len; i++)
        if (range.ptr[i] == '.' && range.ptr[i + 1] == '.') {
            *low = span_trim((struct span){range.ptr, i});
            *high = span_trim(span_skip(range, i + 2));
            return low->len + high->len > 0;
        }
    return false;
}

static void add_range(struct span low, struct span high, struct buf *out)
{
    if (high.len == 0)
        buf_addf(out, "<var>at least %.*s</var>", SPAN_ARG(low));
    else if (low.len == 0)
        buf_addf(out, "<var>at most %.*s</var>", SPAN_ARG(high));
    else
        buf_addf(out, "<var>%.*s to %.*s</var>", SPAN_ARG(low), SPAN_ARG(high));
}

/* A line of output, in HTML already; nothing in a pattern needs escaping. */
static void add_promise(struct span line, struct buf *out)
{
    static const char any[] = "<var>\xe2\x80\xa6</var>";
    struct span pattern, inner, low, high;

    if (span_is(span_trim(line), "...")) {
        buf_adds(out, any);
        return;
    }
    while ((pattern = find_pattern(line, &inner)).len > 0) {
        buf_add(out, span_between(line.ptr, pattern.ptr));
        if (inner.len == 0)
            buf_adds(out, any);
        else if (split_range(inner, &low, &high))
            add_range(low, high, out);
        else
            buf_add(out, pattern);
        line = span_skip(line, (size_t)(pattern.ptr - line.ptr) + pattern.len);
    }
    buf_add(out, line);
}

/* Lines of code as they come: from pandoc, but for uses, which come from the
 * block itself. */
struct lines {
    const struct part *part;
    const struct block *block;
    struct piece *out;
    unsigned index;  /* of the line that is being written */
    struct buf line; /* what an output's line says so far */
};

static void begin_line(struct lines *lines)
{
    const struct use *use = use_at(lines->part, lines->index);

    if (lines->index < lines->block->line_count && use != NULL)
        add_use(use, &lines->block->lines[lines->index], lines->out);
}

static void end_line(struct lines *lines)
{
    if (lines->index < lines->block->line_count)
        add_promise(buf_span(&lines->line), &lines->out->html);
    lines->line.len = 0;
    if (++lines->index < lines->block->line_count)
        buf_addc(&lines->out->html, '\n');
    begin_line(lines);
}

/* Text within one line. */
static void add_words(struct lines *lines, const char *tag, struct span html)
{
    if (lines->index >= lines->block->line_count || use_at(lines->part, lines->index) != NULL)
        return;
    if (outline_is_output(lines->block))
        buf_add(&lines->line, html);
    else
        add_token(tag, html, &lines->out->html);
}

static void add_lines(struct lines *lines, const char *tag, struct span html)
{
    const char *end;

    while (html.len > 0 && (end = memchr(html.ptr, '\n', html.len)) != NULL) {
        add_words(lines, tag, span_between(html.ptr, end));
        end_line(lines);
        html = span_skip(html, (size_t)(end - html.ptr) + 1);
    }
    add_words(lines, tag, html);
}

/* pandoc nests two spans, a line and a token in it; the line's has no class. */
static void add_spans(struct lines *lines, const char *tag, const struct html_node *node)
{
    const struct html_attr *class = html_attr(node, "class");

    if (html_is(node, "span") && class != NULL)
        tag = token_tag(class->value);
    if (node->kind == HTML_TEXT)
        add_lines(lines, tag, node->markup);
    for (const struct html_node *child = node->first; child != NULL; child = child->next)
        add_spans(lines, tag, child);
}

static void add_code(const struct part *part, const struct block *block,
                     const struct html_node *code, struct piece *out)
{
    struct lines lines = {.part = part, .block = block, .out = out};

    begin_line(&lines);
    add_spans(&lines, "", code);
    while (lines.index < block->line_count)
        end_line(&lines);
    buf_free(&lines.line);
}

static void add_numbers(const struct spot *spot, const struct block *block, unsigned first,
                        struct buf *out)
{
    bool ours = spot->target == NULL || spot->repeated;

    /* a line with nothing at all would vanish at the start of a <pre> */
    buf_adds(out, "<pre class=\"numbers\" aria-hidden=\"true\">");
    for (unsigned i = 0; i < block->line_count; i++) {
        unsigned number = ours ? first + i : spot->numbers[i];

        if (i > 0)
            buf_addc(out, '\n');
        if (number > 0)
            buf_addf(out, "%u", number);
        else
            buf_addc(out, ' ');
    }
    buf_adds(out, "</pre>");
}

/* Captions ------------------------------------------------------------------ */

static void add_link(const struct part *part, struct piece *out)
{
    ids_add_link(out, part->chunk->name, ids_part_number(part));
}

/* Notes in a caption go into one <small>, with a dot between them. */
static void begin_note(struct piece *out, unsigned *notes)
{
    buf_adds(&out->html, (*notes)++ == 0 ? " <small>" : " · ");
}

static void add_neighbours(const struct part *part, struct piece *out, unsigned *notes)
{
    unsigned number = ids_part_number(part);
    const struct part *before = NULL;

    for (const struct part *p = part->chunk->first; p != part; p = p->next)
        before = p;
    if (before != NULL) {
        begin_note(out, notes);
        buf_adds(&out->html, "continued from ");
        add_link(before, out);
        buf_addf(&out->html, "part %u</a>", number - 1);
    }
    if (part->next != NULL) {
        begin_note(out, notes);
        buf_adds(&out->html, "continued in ");
        add_link(part->next, out);
        buf_addf(&out->html, "part %u</a>", number + 1);
    }
}

enum { MOST_USERS = 5 }; /* that a caption has room for */

/* The file that the caption names already is "its file". */
static void add_user(const struct spot *spot, const struct part *user, struct piece *out)
{
    if (user->chunk == NULL) { /* as a pattern may be: there is no place that has a name */
        buf_adds(&out->html, "a block without a name");
        return;
    }
    add_link(user, out);
    if (spot->target != NULL && span_equal(user->chunk->name, spot->target->path))
        buf_adds(&out->html, "its file");
    else
        escape_html(&out->html, user->chunk->name);
    buf_adds(&out->html, "</a>");
}

static void add_users(const struct spot *spot, const struct chunk *chunk, struct piece *out,
                      unsigned *notes)
{
    for (size_t i = 0; i < chunk->user_count; i++) {
        if (i + 1 >= MOST_USERS && chunk->user_count > MOST_USERS) {
            buf_addf(&out->html, " and %zu more", chunk->user_count - i);
            return;
        }
        if (i == 0) {
            begin_note(out, notes);
            buf_adds(&out->html, "used in ");
        } else {
            buf_adds(&out->html, ", ");
        }
        add_user(spot, chunk->users[i], out);
    }
}

/* The name and what leads to code/. */
static void add_place(const struct spot *spot, const struct part *part, struct buf *out)
{
    const struct target *target = spot->target;
    bool named = target == NULL || !span_equal(part->chunk->name, target->path);

    if (named) {
        buf_adds(out, "<b>");
        escape_html(out, part->chunk->name);
        buf_adds(out, "</b> ");
    }
    if (target == NULL)
        return;
    buf_adds(out, "<a href=\"code/");
    escape_html(out, target->path);
    buf_addf(out, ".html#L%u\">", spot->line);
    escape_html(out, target->path);
    if (named || spot->line > 1)
        buf_addf(out, ":%u", spot->line);
    buf_adds(out, "</a>");
}

/* What has no name is called by its title, or its language; ``` {.no-tangle} names none. */
static struct span nameless(const struct block *block)
{
    const struct attr *title = attr_get(&block->attrs, "title");
    struct span language = block->attrs.language;

    if (title != NULL)
        return title->value;
    return language.len > 0 && !span_is(language, "no-tangle") ? language : span_of("text");
}

static void add_code_caption(const struct spot *spot, const struct part *part,
                             const struct block *block, struct piece *out)
{
    bool fails = attr_has_class(&block->attrs, "compile-fail");
    unsigned notes = 0;

    if (part == NULL || part->chunk == NULL) {
        buf_adds(&out->html, "<b>");
        escape_html(&out->html, nameless(block));
        buf_addf(&out->html, "</b>%s", fails ? " <small>does not compile</small>" : "");
        return;
    }
    add_place(spot, part, &out->html);
    add_neighbours(part, out, &notes);
    add_users(spot, part->chunk, out, &notes);
    buf_adds(&out->html, notes > 0 ? "</small>" : "");
}

/* How the program was run and what was compared, in the reader's words. */
static void add_terms(const struct block *block, struct piece *out)
{
    static const struct {
        const char *key, *before, *behind;
    } terms[] = {
        {"args", "run with ", ""}, {"stdin", "reading \"", "\""},  {"env", "with ", ""},
        {"stream", "on ", ""},     {"status", "exit status ", ""}, {"signal", "ended by SIG", ""},
    };
    const struct attr *order = attr_get(&block->attrs, "order");
    unsigned notes = 0;

    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
        const struct attr *attr = attr_get(&block->attrs, terms[i].key);

        if (attr == NULL)
            continue;
        begin_note(out, &notes);
        escape_html(&out->html, span_of(terms[i].before));
        escape_html(&out->html, attr->value);
        escape_html(&out->html, span_of(terms[i].behind));
    }
    if (order != NULL) {
        begin_note(out, &notes);
        buf_adds(&out->html, span_is(order->value, "threads") ? "each thread's lines in this order"
                                                              : "lines in any order");
    }
    buf_adds(&out->html, notes > 0 ? "</small>" : "");
}

static void add_output_caption(const struct listings *listings, const struct block *block,
                               struct piece *out)
{
    const struct attr *of = attr_get(&block->attrs, "of"),
                      *title = attr_get(&block->attrs, "title");
    const struct target *program =
        of != NULL ? table_get(&listings->web->programs, of->value) : NULL;

    if (of == NULL) {
        buf_adds(&out->html, "<b>The compiler says</b>");
        return;
    }
    if (title != NULL) {
        buf_adds(&out->html, "<b>");
        escape_html(&out->html, title->value);
        buf_adds(&out->html, "<span> \xc2\xb7 ");
    } else {
        buf_adds(&out->html,
                 outline_is_outcomes(block) ? "<b>Every outcome<span> of " : "<b>Output<span> of ");
    }
    if (program != NULL)
        add_link(program->part, out);
    escape_html(&out->html, of->value);
    buf_adds(&out->html, program != NULL ? "</a></span></b>" : "</span></b>");
    if (outline_is_outcomes(block))
        outcome_figure_add_terms(listings->web, listings->explored, block, out);
    else
        add_terms(block, out);
}

/* Figures ------------------------------------------------------------------- */

void listing_add_at(const struct listings *listings, const struct chapter *chapter, unsigned line,
                    struct buf *out)
{
    if (!listings->places)
        return;
    buf_adds(out, " data-at=\"");
    escape_html(out, span_of(chapter->source.path));
    buf_addf(out, ":%u\"", line);
}

/* Of lists side by side, only what has a name of its own. */
static bool is_played(const struct block *block, const struct buf *name)
{
    return outline_is_outcomes(block) && (!outline_is_list(block) || name->len > 0);
}

/* How wide its lines are, for what shares the width with others, and for paper;
 * steps= for the deck. */
static void add_opening(const struct listings *listings, const struct chapter *chapter,
                        const struct part *part, const struct block *block, bool numbered,
                        struct piece *out)
{
    struct span steps = outline_steps(chapter, block);
    struct buf id = {0}, played = {0};

    outcome_figure_add_name(listings->web, block, &played);
    buf_addf(&out->html, "<figure class=\"listing%s%s%s%s\"",
             outline_is_output(block) ? " out" : "", outline_is_list(block) ? " all" : "",
             is_played(block, &played) ? " outcomes" : "", outline_wraps(block) ? " wrap" : "");
    if (played.len > 0)
        buf_addf(&out->html, " data-play=\"%.*s\"", (int)played.len, played.ptr);
    buf_free(&played);
    listing_add_at(listings, chapter, block->line, &out->html);
    if (part != NULL && part->chunk != NULL) {
        ids_add_chunk(&id, part->chunk->name, ids_part_number(part));
        piece_add_id(out, buf_span(&id));
        buf_free(&id);
    }
    if (steps.len > 0) {
        buf_adds(&out->html, " data-steps=\"");
        escape_html(&out->html, steps);
        buf_addc(&out->html, '"');
    }
    buf_addf(&out->html, " style=\"--cols:%zu%s\"><figcaption>", outline_width(block),
             numbered || outline_is_output(block) ? "" : ";--gutter:0");
}

static bool stands_beside(const struct chapter *chapter, const struct block *block)
{
    return block > chapter->blocks && outline_beside(chapter, block - 1) == block;
}

static void add_text(const struct spot *spot, const struct part *part, const struct block *block,
                     unsigned first, const struct html_node *code, struct piece *out)
{
    buf_adds(&out->html, "<div class=\"scroll\">");
    if (first > 0)
        add_numbers(spot, block, first, &out->html);
    buf_adds(&out->html, "<pre><code>");
    add_code(part, block, code, out);
    buf_adds(&out->html, "</code></pre></div>");
}

static void add_listing(const struct listings *listings, const struct chapter *chapter,
                        const struct block *block, const struct part *part,
                        const struct html_node *code, struct piece *out)
{
    const struct spot *spot = spot_of(listings, chapter, block);
    bool is_output = outline_is_output(block);
    unsigned first = is_output ? 0 : outline_first_number(chapter, block);

    buf_adds(&out->html, outline_beside(chapter, block) != NULL ? "<div class=\"beside\">\n" : "");
    add_opening(listings, chapter, part, block, first > 0, out);
    if (is_output)
        add_output_caption(listings, block, out);
    else
        add_code_caption(spot, part, block, out);
    buf_adds(&out->html, "</figcaption>");
    if (outline_is_outcomes(block))
        outcome_figure_add(listings->web, listings->explored, block, &out->html);
    else
        add_text(spot, part, block, first, code, out);
    buf_adds(&out->html, "</figure>");
    buf_adds(&out->html, stands_beside(chapter, block) ? "\n</div>" : "");
}

void listing_add(const struct listings *listings, const struct chapter *chapter,
                 const struct block *block, const struct html_node *code, struct piece *out)
{
    const struct part *part = web_part(listings->web, chapter, block);

    add_listing(listings, chapter, block, part, code, out);
}
