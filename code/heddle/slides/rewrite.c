#include "heddle/slides/rewrite.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/escape.h"
#include "heddle/read/container.h"
#include "heddle/read/fenced_div.h"
#include "heddle/read/hackmd_attr.h"
#include "heddle/slides/foreign_mention.h"
#include "heddle/slides/hackmd_markdown.h"
#include "heddle/slides/head_markdown.h"
#include "heddle/slides/talk_style.h"

/* Longer than any author's, so that no fence of theirs ends one of ours. */
#define SLIDE_FENCE "::::::::::::::::::::::::::::::"
#define NOTES_FENCE "::::::::::::::::::::"
#define CONTAINER_FENCE "::::::::::" /* inside of each other they are alike */

enum { MOST_CONTAINERS = 16 }; /* of mkdocs, inside of each other; deeper ones stay text */
enum { LEAST_FENCE = 3 };      /* CommonMark 0.30, section 4.5 */

struct writer {
    const struct outline *outline;
    struct buf *out;
    struct diags *diags;
    unsigned indent;  /* of all that notes hold, when it would be code */
    size_t first;     /* block of the slide: listings are counted from there */
    bool defines;     /* a link's target or a footnote: other slides may refer to it */
    size_t container; /* the next one of the chapter's */
    size_t html;      /* likewise: the block of raw HTML */
    const struct mkdocs_container *open[MOST_CONTAINERS];
    size_t open_count;
};

/* A talk begins with its title; a slide too full for one column has two. */
static void add_talk_classes(struct writer *writer, const struct slide *slide, struct buf *style)
{
    if (slide == writer->outline->slides && slide->code_tenths == 0)
        buf_adds(writer->out, " .front");
    buf_adds(writer->out, slide->columns ? " .columns" : "");
    if (talk_style_is_in(writer->outline->chapter))
        buf_addf(writer->out, " data-talk=\"%s\"", writer->outline->chapter->source.path);
    hackmd_add_slide_attributes(writer->outline->chapter, slide, writer->out, style, writer->diags);
}

/* Behind what the author says of the slide's style. */
static void add_sizes(const struct slide *slide, struct span style, struct buf *out)
{
    if (slide->code_tenths + slide->figure_px == 0 && style.len == 0)
        return;
    buf_addf(out, " style=\"%.*s", SPAN_ARG(style));
    if (slide->code_tenths > 0)
        buf_addf(out, "--code:%u.%upx", slide->code_tenths / 10, slide->code_tenths % 10);
    if (slide->figure_px > 0)
        buf_addf(out, "%s--figure:%upx", slide->code_tenths > 0 ? ";" : "", slide->figure_px);
    if (slide->split > 0)
        buf_addf(out, ";--split:%upx", slide->split);
    buf_addc(out, '"');
}

/* pandoc has no #id with an emoji or an Indic vowel in it; in quotes it takes all. */
static void add_id(struct span id, struct buf *out)
{
    buf_adds(out, " id=\"");
    for (size_t i = 0; i < id.len; i++) {
        if (strchr("\"\\", id.ptr[i]) != NULL)
            buf_addc(out, '\\');
        buf_addc(out, id.ptr[i]);
    }
    buf_addc(out, '"');
}

/* The heading's own classes and keys, and the size of its code. */
static void add_slide_fence(struct writer *writer, const struct slide *slide)
{
    const struct attrs *attrs = &slide->attrs;
    struct buf *out = writer->out, style = {0};

    buf_addf(out, "%s {.section .slide", SLIDE_FENCE);
    add_id(slide->id, out);
    if (attrs->language.len > 0) /* its first class */
        buf_addf(out, " .%.*s", SPAN_ARG(attrs->language));
    for (size_t i = 0; i < attrs->count; i++)
        if (attrs->list[i].kind != ATTR_ID)
            buf_addf(out, " %.*s", SPAN_ARG(attrs->list[i].whole));
    if (outline_slide_has(slide, "book"))
        buf_adds(out, " data-visibility=\"hidden\"");
    if (writer->outline->chapter->is_talk)
        add_talk_classes(writer, slide, &style);
    buf_adds(out, slide->split > 0 ? " .split" : "");
    buf_adds(out, slide->stacked ? " .stacked" : "");
    add_sizes(slide, buf_span(&style), out);
    buf_adds(out, "}\n\n");
    buf_free(&style);
}

static void add_heading(struct writer *writer, const struct slide *slide)
{
    if (slide->heading == NULL)
        return;
    buf_fill(writer->out, '#', slide->heading->level);
    buf_addc(writer->out, ' ');
    for (size_t i = 0; i < slide->title.len; i++)
        buf_addc(writer->out,
                 strchr("\r\n", slide->title.ptr[i]) != NULL ? ' ' : slide->title.ptr[i]);
    buf_adds(writer->out, "\n\n");
}

static bool is_word(struct span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!isalnum((unsigned char)text.ptr[i]) && text.ptr[i] != '-' && text.ptr[i] != '_')
            return false;
    return text.len > 0;
}

/* What pandoc colours; what a program printed has no colours. */
static struct span colours_of(const struct block *block)
{
    struct span language = block->attrs.language;

    if (span_is(language, "c++") || span_is(language, "h"))
        return span_of(language.len == 1 ? "c" : "cpp");
    return is_word(language) && !outline_is_output(block) && !outline_is_figure(block)
               ? language
               : (struct span){0};
}

/* A line without the columns by which the containers around it indent it. */
static struct span inner_line(struct writer *writer, unsigned number)
{
    struct span line = source_line(&writer->outline->chapter->source, number);
    size_t columns = 0, at = 0;

    for (; at < line.len && columns < CODE_INDENT * writer->open_count; at++) {
        if (!is_blank(line.ptr[at]))
            break;
        columns += line.ptr[at] == '\t' ? TAB_STOP - columns % TAB_STOP : 1;
    }
    return span_skip(line, at);
}

static size_t longest_run(const struct block *block, char c)
{
    size_t longest = 0;

    for (unsigned i = 0; i < block->line_count; i++) {
        struct span line = code_line_span(&block->lines[i]);

        for (size_t at = 0, run = 0; at < line.len; at++) {
            run = line.ptr[at] == c ? run + 1 : 0;
            longest = run > longest ? run : longest;
        }
    }
    return longest;
}

/* A fence of tildes below an item of a list would begin a definition to pandoc. */
static void add_backticks(struct writer *writer, const struct block *block, struct span line)
{
    size_t run = longest_run(block, '`');

    while (line.len > 0 && is_blank(line.ptr[line.len - 1]))
        line.len--;
    while (line.len > 0 && line.ptr[line.len - 1] == '~')
        line.len--;
    buf_add(writer->out, line);
    buf_fill(writer->out, '`', run < LEAST_FENCE ? LEAST_FENCE : run + 1);
}

static void add_fence(struct writer *writer, const struct block *block)
{
    const struct chapter *chapter = writer->outline->chapter;
    struct span line = inner_line(writer, block->line);
    size_t before = (size_t)(block->info.ptr - line.ptr);

    if (block->info.len == 0)
        before = span_trim(line).len + (size_t)(span_trim(line).ptr - line.ptr);
    if (block->fence_char == '~')
        add_backticks(writer, block, (struct span){line.ptr, before});
    else
        buf_add(writer->out, (struct span){line.ptr, before});
    buf_addf(writer->out, " {#listing-%zu}\n", (size_t)(block - chapter->blocks) - writer->first);
}

static void add_raw(struct writer *writer, const char *html)
{
    buf_addf(writer->out, "\n```{=html}\n%s\n```\n\n", html);
}

static void add_line(struct writer *writer, unsigned line)
{
    buf_add(writer->out, inner_line(writer, line));
    buf_addc(writer->out, '\n');
}

/* A line outside of code. */
static void add_text(struct writer *writer, struct span text)
{
    const struct chapter *chapter = writer->outline->chapter;
    size_t blanks = container_run(text, ' ');

    text = span_skip(text, blanks < writer->indent ? blanks : writer->indent);
    if (!writer->defines)
        writer->defines = span_find(&(struct span){text.ptr, text.len}, "]:", &(struct span){0});
    if (chapter->is_talk)
        hackmd_add_line(chapter, text, writer->out, writer->diags);
    else
        buf_add(writer->out, text);
    buf_addc(writer->out, '\n');
}

/* Containers of mkdocs --------------------------------------------------------- */

static struct span title_of(const struct mkdocs_container *container)
{
    return container->title.len > 0 ? container->title : container->kind;
}

static void open_container(struct writer *writer, const struct mkdocs_container *container)
{
    struct buf html = {0};

    writer->open[writer->open_count++] = container;
    if (!container->folds) {
        buf_addf(writer->out, "\n" CONTAINER_FENCE " {.admonition%s%.*s}\n**",
                 is_word(container->kind) ? " ." : "",
                 is_word(container->kind) ? (int)container->kind.len : 0, container->kind.ptr);
        buf_add(writer->out, title_of(container));
        buf_adds(writer->out, "**\n\n");
        return;
    }
    buf_addf(&html, "<details class=\"spoiler\"%s><summary>", container->open ? " open" : "");
    escape_html(&html, title_of(container));
    buf_adds(&html, "</summary>");
    add_raw(writer, buf_string(&html));
    buf_free(&html);
}

/* Close those that end before a line. */
static void close_containers(struct writer *writer, unsigned line)
{
    for (; writer->open_count > 0 && writer->open[writer->open_count - 1]->end <= line;
         writer->open_count--) {
        if (writer->open[writer->open_count - 1]->folds)
            add_raw(writer, "</details>");
        else
            buf_adds(writer->out, "\n" CONTAINER_FENCE "\n\n");
    }
}

/* Whether a line is the first of a container: then it is written. */
static bool pass_container(struct writer *writer, unsigned line)
{
    const struct mkdocs_containers *containers = &writer->outline->chapter->containers;
    bool opens = false;

    close_containers(writer, line);
    while (writer->container < containers->count &&
           containers->list[writer->container].line <= line) {
        opens = containers->list[writer->container].line == line &&
                writer->open_count < MOST_CONTAINERS;
        if (opens)
            open_container(writer, &containers->list[writer->container]);
        writer->container++;
    }
    return opens;
}

/* Whether a line is of a diagram in raw HTML: at the first of them it is written. */
static bool pass_diagram(struct writer *writer, unsigned line)
{
    const struct chapter *chapter = writer->outline->chapter;
    const struct span *drawings = writer->outline->html_drawings;

    if (drawings == NULL)
        return false;
    while (writer->html < chapter->html_count && chapter->html[writer->html].last < line)
        writer->html++;
    if (writer->html == chapter->html_count || chapter->html[writer->html].first > line ||
        drawings[writer->html].len == 0)
        return false;
    if (chapter->html[writer->html].first == line)
        add_raw(writer, drawings[writer->html].ptr);
    return true;
}

static void add_text_line(struct writer *writer, unsigned line)
{
    if (pass_diagram(writer, line))
        return;
    if (outline_is_remark(span_trim(inner_line(writer, line))))
        return;
    if (!pass_container(writer, line) && !slide_heads_have(&writer->outline->chapter->heads, line))
        add_text(writer, inner_line(writer, line));
    foreign_mention(writer->outline->chapter, line, inner_line(writer, line), writer->diags);
}

/* Divs ---------------------------------------------------------------------- */

/* What is indented as code is in HTML is text in notes. */
static void measure_indent(struct writer *writer, unsigned line)
{
    const struct source *source = &writer->outline->chapter->source;

    while (line < source->line_count && span_trim(source_line(source, line)).len == 0)
        line++;
    writer->indent = (unsigned)container_run(source_line(source, line), ' ');
    if (writer->indent < CODE_INDENT)
        writer->indent = 0;
}

static void add_edge(struct writer *writer, const struct block *block, bool written)
{
    const struct hackmd_edge *edge = block->edge;

    if (edge->opens) {
        buf_adds(writer->out, "\n" NOTES_FENCE " {.notes");
        if (edge->language.len > 0)
            buf_addf(writer->out, " lang=\"%.*s\"", SPAN_ARG(edge->language));
        buf_adds(writer->out, "}\n");
        measure_indent(writer, block->line + 1);
        add_text(writer, edge->beside);
    } else {
        if (!written)
            add_text(writer, edge->beside);
        writer->indent = 0;
        buf_adds(writer->out, "\n" NOTES_FENCE "\n");
    }
}

/* What stands before a div's colons on a further line of what holds it. */
static void add_prefix(struct span prefix, struct buf *out)
{
    for (size_t i = 0; i < prefix.len; i++)
        buf_addc(out, prefix.ptr[i] == '>' || is_blank(prefix.ptr[i]) ? prefix.ptr[i] : ' ');
}

/* In double quotes pandoc reads any text with entities. */
static void add_quoted(struct span text, struct buf *out)
{
    buf_addc(out, '"');
    escape_html(out, text);
    buf_addc(out, '"');
}

/* HackMD's :::spoiler What is folded, ::: spoiler {state="open"} What is not; and
 * VuePress's ::: details. See divs_html.h. */
static void add_spoiler(const struct fenced_div *div, struct buf *out)
{
    struct span title = div->rest, braces;
    bool open = false;

    if (span_starts(title, "{") && span_find(&title, "}", &braces)) {
        title = span_trim(span_skip(title, 1));
        open = span_find(&braces, "open", &(struct span){0});
    }
    buf_adds(out, open ? "{.spoiler .open title=" : "{.spoiler title=");
    add_quoted(title.len > 0 ? title : span_of("Details"), out);
    buf_adds(out, "}\n");
}

/* ::: tip Title, as VuePress, Docusaurus and others have it. */
static void add_title(struct span prefix, struct span title, struct buf *out)
{
    add_prefix(prefix, out);
    buf_addf(out, "**%.*s**\n", SPAN_ARG(title));
    add_prefix(prefix, out);
    buf_addc(out, '\n');
}

/* pandoc has a div of class "incremental" for another purpose: see divs_html.h. */
static void add_class(struct span word, struct buf *out)
{
    struct span rest = word, before;

    if (span_is(word, "incremental") || span_is(word, "{.incremental}")) {
        buf_adds(out, "one-by-one\n");
        return;
    }
    while (span_find(&rest, ".incremental", &before)) {
        buf_addf(out, "%.*s.one-by-one", SPAN_ARG(before));
        rest = span_skip(rest, strlen(".incremental"));
    }
    buf_addf(out, "%.*s\n", SPAN_ARG(rest));
}

/* pandoc reads a word or {...}, and nothing behind it. */
static void open_div(struct writer *writer, const struct fenced_div *div, struct span prefix)
{
    struct buf *out = writer->out;

    buf_add(out, prefix);
    buf_fill(out, ':', div->colons);
    buf_addc(out, ' ');
    if (span_is(div->word, "spoiler") || span_is(div->word, "details")) {
        add_spoiler(div, out);
        return;
    }
    add_class(div->word, out);
    /* HackMD reads no further than the first word of :::info. */
    if (div->rest.len > 0 && !writer->outline->chapter->is_talk)
        add_title(prefix, div->rest, out);
}

/* What ends by itself does so for pandoc, but for what ends with its slide. */
static void add_fenced_div(struct writer *writer, const struct block *block)
{
    struct span line = inner_line(writer, block->line);
    struct fenced_div div;

    if (block->implied && !block->nested) {
        buf_adds(writer->out, "\n" SLIDE_FENCE "\n\n");
    } else if (!block->implied && fenced_div_read(line, &div)) {
        if (block->kind == BLOCK_DIV_OPEN)
            open_div(writer, &div, span_between(line.ptr, div.mark.ptr));
        else
            add_line(writer, block->line);
    }
}

/* `line` is the first that is not written yet. */
static void add_div(struct writer *writer, const struct block *block, unsigned line)
{
    if (block->edge != NULL)
        add_edge(writer, block, line > block->line);
    else
        add_fenced_div(writer, block);
}

/* Slides -------------------------------------------------------------------- */

static void add_code(struct writer *writer, const struct block *block, unsigned line)
{
    struct span drawing = outline_drawing(writer->outline, block);

    pass_container(writer, line);
    if (drawing.len > 0) {
        add_raw(writer, drawing.ptr);
        return;
    }
    if (outline_is_listing(block)) {
        add_fence(writer, block);
        line = block_code_line(block, 0);
        if (writer->outline->chapter->is_talk)
            hackmd_check_listing(writer->outline->chapter, block, writer->diags);
    }
    while (line < block->end_line)
        add_line(writer, line++);
    if (outline_is_listing(block) && block->closed && block->fence_char == '~') {
        add_backticks(writer, block, inner_line(writer, line++));
        buf_addc(writer->out, '\n');
    }
    while (line <= block->end_line)
        add_line(writer, line++);
}

static void add_body(struct writer *writer, const struct slide *slide)
{
    const struct chapter *chapter = writer->outline->chapter;
    unsigned line = slide->body;

    for (size_t i = slide->first_block;
         i < chapter->block_count && chapter->blocks[i].line < slide->end; i++) {
        const struct block *block = &chapter->blocks[i];

        if (block->kind == BLOCK_HEADING || block->kind == BLOCK_RULE ||
            (block->kind == BLOCK_CODE && !block->fenced && writer->indent > 0))
            continue;
        while (line < block->line + block->implied)
            add_text_line(writer, line++);
        if (block->kind == BLOCK_CODE)
            add_code(writer, block, line);
        else
            add_div(writer, block, line);
        line = block->end_line >= line ? block->end_line + 1 : line;
    }
    while (line < slide->end)
        add_text_line(writer, line++);
    close_containers(writer, slide->end);
}

static void add_slide(struct writer *writer, const struct slide *slide)
{
    writer->first = slide->first_block;
    add_slide_fence(writer, slide);
    add_heading(writer, slide);
    head_add_shown(writer->outline->chapter, slide, writer->out);
    add_body(writer, slide);
    buf_adds(writer->out, "\n" SLIDE_FENCE "\n\n");
}

/* Code to be coloured --------------------------------------------------------- */

static void add_colours(const struct block *block, struct span language, struct buf *out)
{
    size_t run = longest_run(block, '`'), fence = run < LEAST_FENCE ? LEAST_FENCE : run + 1;

    buf_fill(out, '`', fence);
    buf_addf(out, " {.%.*s}\n", SPAN_ARG(language));
    block_add_code(block, out);
    buf_fill(out, '`', fence);
    buf_addc(out, '\n');
}

/* Pieces -------------------------------------------------------------------- */

static void end_piece(struct rewritten *out, const struct block *code)
{
    size_t begin = out->count > 0 ? out->pieces[out->count - 1].end : 0;

    *ARRAY_PUSH(out->pieces, out->count, out->cap) =
        (struct rewritten_piece){begin, out->text.len, code};
}

void rewrite_chapter(const struct outline *outline, struct rewritten *out, struct diags *diags)
{
    const struct chapter *chapter = outline->chapter;
    struct writer writer = {.outline = outline, .out = &out->text, .diags = diags};

    for (size_t i = 0; i < outline->count; i++) {
        add_slide(&writer, &outline->slides[i]);
        end_piece(out, NULL);
    }
    if (writer.defines) { /* so all of them are one */
        out->pieces[0].end = out->text.len;
        out->count = 1;
    }
    for (size_t i = 0; i < chapter->block_count; i++) {
        const struct block *block = &chapter->blocks[i];
        bool shown = outline_is_listing(block) && outline_drawing(outline, block).len == 0;
        struct span language = shown ? colours_of(block) : span_of("");

        if (language.len == 0)
            continue;
        add_colours(block, language, &out->text);
        end_piece(out, block);
    }
}

struct span rewritten_text(const struct rewritten *rewritten, size_t piece)
{
    const struct rewritten_piece *found = &rewritten->pieces[piece];

    return (struct span){rewritten->text.ptr + found->begin, found->end - found->begin};
}

void rewritten_free(struct rewritten *rewritten)
{
    buf_free(&rewritten->text);
    free(rewritten->pieces);
    *rewritten = (struct rewritten){0};
}
