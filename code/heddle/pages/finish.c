#include "heddle/pages/finish.h"

#include <string.h>

#include "heddle/base/escape.h"
#include "heddle/base/path.h"
#include "heddle/pages/figure_block.h"

struct finisher {
    const struct listings *listings;
    const struct outline *outline;
    const struct html_node *const *coloured; /* by block; NULL: as the slide has it */
    struct finished *slides;
    size_t begun; /* slides that have begun: the last of them is being written */
    struct piece *out;
    struct arena arena; /* for tags that change */
};

/* Listings ------------------------------------------------------------------ */

/* The block that an element with id="listing-N" stands for on this slide, or NULL. */
static const struct block *listing_at(const struct finisher *finisher, const struct html_node *node)
{
    static const char start[] = "listing-";
    const struct html_attr *id = html_attr(node, "id");
    const struct chapter *chapter = finisher->outline->chapter;
    size_t first =
        finisher->begun > 0 ? finisher->outline->slides[finisher->begun - 1].first_block : 0;
    unsigned long index;

    if ((!html_is(node, "div") && !html_is(node, "pre")) || id == NULL ||
        !span_starts(id->value, start) || first >= chapter->block_count ||
        !span_number(span_skip(id->value, strlen(start)), chapter->block_count - first - 1, &index))
        return NULL;
    return &chapter->blocks[first + index];
}

/* Footnotes ----------------------------------------------------------------- */

/* pandoc counts footnotes by the chapter, and the page has many: fn1 is fn-3-1
 * in the third, fnref1 is fn-3-ref1. */
static void number_note(struct finisher *finisher, struct html_node *copy, const char *name)
{
    const struct html_attr *attr = html_attr(copy, name);
    const char *start = span_is(span_of(name), "href") ? "#fn" : "fn";
    size_t chapter = (size_t)(finisher->outline->chapter - finisher->listings->web->chapters);
    struct buf value = {0};

    if (attr == NULL || !span_starts(attr->value, start))
        return;
    buf_addf(&value, "%s-%zu-", start, chapter + 1);
    buf_add(&value, span_skip(attr->value, strlen(start)));
    html_set(copy, name, buf_span(&value), &finisher->arena);
    buf_free(&value);
}

static bool is_note(const struct html_node *node)
{
    const struct html_attr *class = html_attr(node, "class"), *id = html_attr(node, "id");

    return (class != NULL && span_starts(class->value, "footnote-")) ||
           (html_is(node, "li") && id != NULL && span_starts(id->value, "fn"));
}

/* To reveal.js a section in a slide is a slide: pandoc's of the footnotes is none, nor of a
 * div that begins with a heading. */
static void keep_on_slide(struct finisher *finisher, struct html_node *node)
{
    struct html_node *div;

    if (!html_is(node, "section"))
        return;
    div = html_new_element(&finisher->arena, "div");
    for (size_t i = 0; i < node->attr_count; i++)
        html_set(div,
                 arena_copy(&finisher->arena, node->attrs[i].name.ptr, node->attrs[i].name.len),
                 node->attrs[i].value, &finisher->arena);
    node->name = div->name;
    node->markup = div->markup;
    node->end = div->end;
    node->attrs = div->attrs;
}

/* Tags ---------------------------------------------------------------------- */

static void add_tag(struct finisher *finisher, struct html_node *node)
{
    if (is_note(node)) {
        number_note(finisher, node, "id");
        number_note(finisher, node, "href");
        if (html_is(node, "li")) /* doc-endnote: deprecated in WAI-ARIA for books, 1.1 */
            html_unset(node, "role", &finisher->arena);
    }
    piece_add_tag(finisher->out, node, &finisher->outline->chapter->source);
}

/* The slide that begins with this element, or NULL. */
static struct finished *slide_at(struct finisher *finisher, const struct html_node *node)
{
    const struct html_attr *id = html_is(node, "section") ? html_attr(node, "id") : NULL;

    for (size_t i = finisher->begun; id != NULL && i < finisher->outline->count; i++)
        if (span_equal(id->value, finisher->outline->slides[i].id)) {
            finisher->begun = i + 1;
            return &finisher->slides[i];
        }
    return NULL;
}

static bool is_heading(const struct html_node *node)
{
    return node->kind == HTML_ELEMENT && node->name.len == 2 && node->name.ptr[0] == 'h' &&
           node->name.ptr[1] >= '1' && node->name.ptr[1] <= '6';
}

static const struct html_node *heading_of(const struct html_node *slide)
{
    const struct html_node *child = slide->first;

    while (child != NULL && child->kind != HTML_ELEMENT)
        child = child->next;
    return child != NULL && is_heading(child) ? child : NULL;
}

/* Behind the slide's heading. */
static void add_source(struct finisher *finisher, const struct slide *slide)
{
    const char *path = finisher->outline->chapter->source.path;
    struct piece *out = finisher->out;

    if (slide->heading == NULL || !finish_has_source(path))
        return;
    buf_addc(&out->html, '\n');
    piece_mark_book(out, true);
    buf_adds(&out->html, "<a class=\"source\" href=\"");
    escape_html(&out->html, span_of(path));
    buf_addf(&out->html, ".html#L%u\">source</a>", slide->heading->line);
    piece_mark_book(out, false);
}

/* The tree ------------------------------------------------------------------ */

static void add_node(struct finisher *finisher, struct html_node *node);

static void add_children(struct finisher *finisher, const struct html_node *node)
{
    for (struct html_node *child = node->first; child != NULL; child = child->next)
        add_node(finisher, child);
}

static const struct html_node *find_code(const struct html_node *node)
{
    const struct html_node *found = html_is(node, "code") ? node : NULL;

    for (const struct html_node *child = node->first; child != NULL && found == NULL;
         child = child->next)
        found = find_code(child);
    return found;
}

/* A listing's code, coloured where it can be; NULL: it is none. */
static const struct html_node *code_of(const struct finisher *finisher, const struct block *block,
                                       const struct html_node *node)
{
    const struct html_node *coloured =
        block != NULL ? finisher->coloured[block - finisher->outline->chapter->blocks] : NULL;

    return block != NULL ? find_code(coloured != NULL ? coloured : node) : NULL;
}

/* Where its heading stands, or its first line without one. */
static void add_at(struct finisher *finisher, const struct slide *slide, struct html_node *node)
{
    struct buf value = {0};

    if (!finisher->listings->places)
        return;
    buf_addf(&value, "%s:%u", finisher->outline->chapter->source.path,
             slide->heading != NULL ? slide->heading->line : slide->body);
    html_set(node, "data-at", buf_span(&value), &finisher->arena);
    buf_free(&value);
}

static void add_slide(struct finisher *finisher, struct finished *slide, struct html_node *node)
{
    const struct slide *outline = &finisher->outline->slides[finisher->begun - 1];
    const struct html_node *heading = heading_of(node);

    finisher->out = &slide->html;
    if (heading != NULL)
        html_add_text(&slide->title, heading);
    add_at(finisher, outline, node);
    add_tag(finisher, node);
    for (struct html_node *child = node->first; child != NULL; child = child->next) {
        add_node(finisher, child);
        if (child == heading)
            add_source(finisher, outline);
    }
    piece_add_end(finisher->out, node);
    buf_addc(&slide->html.html, '\n');
}

/* On the slide that is being written; 0: it shows none. */
static unsigned figure_width(const struct finisher *finisher)
{
    return finisher->begun > 0 ? finisher->outline->slides[finisher->begun - 1].figure_units : 0;
}

static void add_element(struct finisher *finisher, struct html_node *node)
{
    const struct chapter *chapter = finisher->outline->chapter;
    const struct block *block = listing_at(finisher, node);
    const struct html_node *code = code_of(finisher, block, node);

    if (code != NULL && outline_is_figure(block)) {
        figure_block_add(finisher->listings, chapter, block, figure_width(finisher), finisher->out);
    } else if (code != NULL) {
        listing_add(finisher->listings, chapter, block, code, finisher->out);
    } else {
        keep_on_slide(finisher, node);
        add_tag(finisher, node);
        add_children(finisher, node);
        piece_add_end(finisher->out, node);
    }
}

static void add_node(struct finisher *finisher, struct html_node *node)
{
    struct finished *slide = node->kind == HTML_ELEMENT ? slide_at(finisher, node) : NULL;

    if (slide != NULL)
        add_slide(finisher, slide, node);
    else if (node->kind == HTML_ELEMENT)
        add_element(finisher, node);
    else if (node->kind == HTML_TEXT)
        buf_add(&finisher->out->html, node->markup);
}

struct finished *finish_chapter(const struct listings *listings, const struct outline *outline,
                                const struct html_node *root,
                                const struct html_node *const *coloured, struct arena *arena)
{
    struct finished *slides = arena_array(arena, outline->count, sizeof *slides);
    struct finisher finisher = {.listings = listings,
                                .outline = outline,
                                .coloured = coloured,
                                .slides = slides};

    if (outline->count == 0) /* nothing to put it on */
        return slides;
    finisher.out = &slides[0].html;
    for (struct html_node *child = root->first; child != NULL; child = child->next)
        if (child->kind == HTML_ELEMENT)
            add_node(&finisher, child);
    arena_free(&finisher.arena);
    return slides;
}

void finish_free(struct finished *slides, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        buf_free(&slides[i].title);
        piece_free(&slides[i].html);
    }
}

/* Contents ------------------------------------------------------------------ */

/* Lists are opened and closed as columns begin. */
struct list {
    struct piece *out;
    bool in_column, in_slides;
};

static void end_column(struct list *list)
{
    buf_adds(&list->out->html, list->in_slides ? "</li></ol>" : "");
    buf_adds(&list->out->html, list->in_column ? "</li>\n" : "");
    list->in_column = list->in_slides = false;
}

static void begin_item(struct list *list, bool column)
{
    if (column || !list->in_column) {
        end_column(list);
        list->in_column = true;
    } else {
        buf_adds(&list->out->html, list->in_slides ? "</li>" : "<ol>");
        list->in_slides = true;
    }
    buf_adds(&list->out->html, "<li>");
}

/* What the slides pass by: it is in the book alone, or apart. */
static bool stands_aside(const struct slide *slide)
{
    return outline_slide_has(slide, "book") || outline_slide_has(slide, "apart");
}

/* A line for the part of the book that begins here; in an outline, with the notes
 * to it. */
static void begin_part(struct list *list, struct span name, bool columns_only)
{
    end_column(list);
    buf_adds(&list->out->html, "<li class=\"part\">");
    escape_html(&list->out->html, name);
    list->in_column = true;
    if (!columns_only)
        end_column(list);
}

/* Of columns alone, what the slides pass by is a note to the one before it. */
static void add_item(struct list *list, const struct slide *slide, struct span title,
                     bool columns_only)
{
    const struct attr *part = attr_get(&slide->attrs, "part");
    bool aside;

    if (part != NULL)
        begin_part(list, part->value, columns_only);
    aside = columns_only && list->in_column && stands_aside(slide);

    if (!aside)
        begin_item(list, slide->column);
    buf_adds(&list->out->html, aside ? " <small>" : "");
    piece_add_link(list->out, slide->id);
    buf_add(&list->out->html, title);
    buf_adds(&list->out->html, aside ? "</a></small>" : "</a>");
}

void finish_contents(const struct outline *outlines, struct finished *const *slides, size_t count,
                     bool columns_only, struct piece *out)
{
    struct list list = {.out = out};

    buf_adds(&out->html, "<ol>\n");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < outlines[i].count; j++) {
            const struct slide *slide = &outlines[i].slides[j];
            struct span title = buf_span(&slides[i][j].title);

            if ((slide->column || !columns_only) && title.len > 0)
                add_item(&list, slide, title, columns_only);
        }
    end_column(&list);
    buf_adds(&out->html, "</ol>");
}

/* Sources ------------------------------------------------------------------- */

bool finish_has_source(const char *path)
{
    return path_fault(span_of(path)) == NULL;
}
