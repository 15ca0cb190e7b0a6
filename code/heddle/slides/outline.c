#include "heddle/slides/outline.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/array.h"
#include "heddle/base/path.h"
#include "heddle/read/hackmd_attr.h"
#include "heddle/read/shortcode.h"
#include "heddle/read/talk_separator.h"
#include "heddle/slides/hugo_markdown.h"

enum {                      /* of code and the output beside it, in type that a slide can have */
       BESIDE_COLUMNS = 80, /* they are set about as large as above each other */
       LONG_LINES = 15,     /* above each other, so many lines are smaller than that */
       LONG_COLUMNS = 99
};

/* Listings ------------------------------------------------------------------ */

bool outline_is_listing(const struct block *block)
{
    return block->kind == BLOCK_CODE && block->fenced && !span_starts(block->attrs.language, "{=");
}

bool outline_is_output(const struct block *block)
{
    return outline_is_listing(block) &&
           (span_is(block->attrs.language, "output") || outline_is_outcomes(block));
}

bool outline_is_outcomes(const struct block *block)
{
    return outline_is_listing(block) && span_is(block->attrs.language, "outcomes");
}

bool outline_is_figure(const struct block *block)
{
    return outline_is_listing(block) && span_is(block->attrs.language, "figure") &&
           attr_get(&block->attrs, "of") != NULL;
}

struct span outline_drawing(const struct outline *outline, const struct block *block)
{
    return outline->drawings != NULL ? outline->drawings[block - outline->chapter->blocks]
                                     : (struct span){0};
}

/* An open range is longer in words than in braces: {{1..}} is "at least 1". */
static size_t words_of_ranges(struct span line)
{
    size_t more = 0;

    for (size_t i = 0; i + 4 <= line.len; i++) {
        struct span rest = span_skip(line, i);

        more += span_starts(rest, "..}}")   ? strlen("at least ") - strlen("{{..}}")
                : span_starts(rest, "{{..") ? strlen("at most ") - strlen("{{..}}")
                                            : 0;
    }
    return more;
}

/* What stands before blanks and braces: a language, =, a number or +, and ! */
static struct span language_word(const struct block *block)
{
    size_t len = 0;

    while (len < block->info.len && strchr(" \t{", block->info.ptr[len]) == NULL)
        len++;
    return (struct span){block->info.ptr, len};
}

bool outline_wraps(const struct block *block)
{
    return span_ends(language_word(block), "!");
}

size_t outline_width(const struct block *block)
{
    size_t widest = 0;

    for (unsigned i = 0; i < block->line_count; i++) {
        struct span line = code_line_span(&block->lines[i]);
        size_t width = block->lines[i].pad + span_width(line);

        if (outline_is_output(block))
            width += words_of_ranges(line);
        if (width > widest)
            widest = width;
    }
    return outline_wraps(block) && widest > OUTLINE_WRAP ? OUTLINE_WRAP : widest;
}

bool outline_is_list(const struct block *block)
{
    return outline_is_outcomes(block) && attr_has_class(&block->attrs, "list");
}

/* Outcomes are shown one at a time, or all, without what parts them. */
static unsigned outcomes_height(const struct block *block)
{
    unsigned longest = 0, height = 0, all = 0;

    for (unsigned i = 0; i < block->line_count; i++) {
        height = span_is(code_line_span(&block->lines[i]), "---") ? 0 : height + 1;
        longest = height > longest ? height : longest;
        all += height > 0;
    }
    return outline_is_list(block) ? all : longest;
}

unsigned outline_height_in(const struct block *block, unsigned wrap)
{
    unsigned height = block->line_count;

    if (outline_is_outcomes(block))
        return outcomes_height(block);
    for (unsigned i = 0; outline_wraps(block) && i < block->line_count; i++) {
        size_t width = span_width(code_line_span(&block->lines[i]));

        height += width > 0 ? (unsigned)((width - 1) / wrap) : 0;
    }
    return height;
}

unsigned outline_height(const struct block *block)
{
    return outline_height_in(block, OUTLINE_WRAP);
}

static bool is_empty_between(const struct chapter *chapter, unsigned line, unsigned end)
{
    for (; line < end; line++)
        if (span_trim(source_line(&chapter->source, line)).len > 0)
            return false;
    return true;
}

const struct block *outline_beside(const struct chapter *chapter, const struct block *code)
{
    const struct block *output = code + 1;

    if (code->nested || !outline_is_listing(code) || outline_is_output(code) ||
        output >= chapter->blocks + chapter->block_count || output->nested ||
        !outline_is_output(output) || !is_empty_between(chapter, code->end_line + 1, output->line))
        return NULL;
    return outline_width(code) + outline_width(output) <=
                   (code->line_count + output->line_count > LONG_LINES ? LONG_COLUMNS
                                                                       : BESIDE_COLUMNS)
               ? output
               : NULL;
}

bool outline_slide_has(const struct slide *slide, const char *class)
{
    return span_is(slide->attrs.language, class) || attr_has_class(&slide->attrs, class);
}

/* HackMD's numbers: ```c= counts from 1, ```c=12 from 12, ```c=+ goes on. */
enum numbering { NUMBERED_FROM, NUMBERED_ON, NOT_NUMBERED };

static enum numbering read_numbering(const struct chapter *chapter, const struct block *block,
                                     unsigned long *first)
{
    struct span word = language_word(block);
    const char *equals;

    *first = 1;
    word.len -= outline_wraps(block);
    equals = word.len > 0 ? memchr(word.ptr, '=', word.len) : NULL;
    if (equals == NULL)
        return chapter->is_talk ? NOT_NUMBERED : NUMBERED_FROM;
    word = span_between(equals + 1, word.ptr + word.len);
    if (span_is(word, "+"))
        return NUMBERED_ON;
    return word.len == 0 || span_number(word, 1000000, first) ? NUMBERED_FROM : NOT_NUMBERED;
}

unsigned outline_first_number(const struct chapter *chapter, const struct block *block)
{
    unsigned long first, other;
    enum numbering numbering = read_numbering(chapter, block, &first);
    unsigned before = 0;

    if (numbering == NOT_NUMBERED || outline_wraps(block))
        return 0;
    while (numbering == NUMBERED_ON && block > chapter->blocks) {
        block--;
        if (!outline_is_listing(block) || outline_is_output(block) ||
            read_numbering(chapter, block, &other) == NOT_NUMBERED)
            continue;
        numbering = read_numbering(chapter, block, &first);
        before += block->line_count;
    }
    return (unsigned)first + before;
}

static bool names_lines(struct span steps, unsigned lines)
{
    unsigned number = 0;

    for (size_t i = 0; i < steps.len; i++) {
        if (!isdigit((unsigned char)steps.ptr[i]) && strchr(",-|", steps.ptr[i]) == NULL)
            return false;
        number =
            isdigit((unsigned char)steps.ptr[i]) ? 10 * number + (unsigned)(steps.ptr[i] - '0') : 0;
        if (number > lines)
            return false;
    }
    return steps.len > 0 && isdigit((unsigned char)steps.ptr[0]) &&
           isdigit((unsigned char)steps.ptr[steps.len - 1]);
}

struct span outline_steps(const struct chapter *chapter, const struct block *block)
{
    const struct attr *own = attr_get(&block->attrs, "steps");
    struct span rest = block->info, steps;

    if (own != NULL)
        return own->value;
    if (!chapter->is_talk || !span_find(&rest, "[", &(struct span){0}))
        return (struct span){0};
    rest = span_skip(rest, 1);
    return span_find(&rest, "]", &steps) && names_lines(steps, block->line_count)
               ? steps
               : (struct span){0};
}

/* Divs ---------------------------------------------------------------------- */

bool outline_div_is(const struct block *block, const char *name)
{
    struct span rest = block->info;
    size_t len = strlen(name);

    if (!span_starts(rest, "{"))
        return span_is(rest, name);
    for (; rest.len > len + 1; rest = span_skip(rest, 1))
        if (rest.ptr[0] == '.' && span_starts(span_skip(rest, 1), name) &&
            strchr(" \t}.#", rest.ptr[len + 1]) != NULL)
            return true;
    return false;
}

void outline_pass_div(struct depth *depth, const struct block *block)
{
    if (block->kind == BLOCK_DIV_OPEN) {
        depth->now = block->level;
        if (depth->hidden == 0 && (outline_div_is(block, "notes") || outline_div_is(block, "book")))
            depth->hidden = block->level;
    } else if (block->kind == BLOCK_DIV_CLOSE) {
        depth->now = block->level - 1;
        if (depth->hidden > depth->now)
            depth->hidden = 0;
    }
}

/* Finding slides ------------------------------------------------------------ */

struct reader {
    struct outline *outline;
    struct arena *arena;
    struct table *ids;
    struct diags *diags;
    size_t cap;
    size_t block;   /* the one being looked at */
    unsigned level; /* headings up to this one begin slides, but in talks */
};

bool outline_is_remark(struct span line)
{
    static const char *const starts[] = {"[//]: #", "[//]: <>", "[comment]: #", "[comment]: <>"};

    return SPAN_STARTS_ANY(line, starts);
}

unsigned outline_next_text(const struct chapter *chapter, unsigned line, unsigned end)
{
    bool in_comment = false;

    for (; line < end; line++) {
        struct span text = span_trim(source_line(&chapter->source, line)), before;

        if (slide_heads_have(&chapter->heads, line) || outline_is_remark(text) ||
            (chapter->talk.hugo && !in_comment && shortcode_alone(text)))
            continue;
        in_comment = in_comment || span_starts(text, "<!--");
        if (text.len > 0 && !in_comment)
            break;
        if (span_find(&text, "-->", &before))
            in_comment = false;
    }
    return line;
}

static unsigned next_text(const struct reader *reader, unsigned line, unsigned end)
{
    return outline_next_text(reader->outline->chapter, line, end);
}

static struct slide *last_slide(const struct reader *reader)
{
    struct outline *outline = reader->outline;

    return outline->count > 0 ? &outline->slides[outline->count - 1] : NULL;
}

/* End the slide before `line`, and forget it if it has nothing: a rule that a
 * heading follows. True when a forgotten one began a column. */
static bool end_slide(struct reader *reader, unsigned line)
{
    struct slide *slide = last_slide(reader);

    if (slide == NULL)
        return false;
    slide->end = line;
    if (reader->outline->chapter->is_talk && reader->outline->count == 1 &&
        is_empty_between(reader->outline->chapter, slide->body, line)) {
        reader->outline->count--; /* a talk that begins with a rule */
        return slide->column;
    }
    if (slide->heading != NULL || reader->outline->chapter->is_talk ||
        next_text(reader, slide->body, line) < line)
        return false;
    reader->outline->count--;
    return slide->column;
}

static struct slide *begin_slide(struct reader *reader, unsigned line, unsigned body, bool column)
{
    struct outline *outline = reader->outline;
    bool owed = end_slide(reader, line);
    struct slide *slide;

    slide = ARRAY_PUSH_IN(reader->arena, outline->slides, outline->count, reader->cap);
    *slide = (struct slide){.body = body,
                            .column = column || owed || outline->count == 1,
                            .first_block = reader->block};
    return slide;
}

/* {#id .class key=value} behind the heading's text. */
static void read_heading(struct reader *reader, const struct block *block, struct span *title,
                         struct attrs *attrs)
{
    struct span text = block->info;
    size_t brace = text.len > 0 ? text.len - 1 : 0;

    *title = text;
    if (!span_ends(text, "}"))
        return;
    while (brace > 0 && text.ptr[brace] != '{')
        brace--;
    if (text.ptr[brace] != '{' || (brace > 0 && text.ptr[brace - 1] == '{'))
        return;
    if (attr_parse(attrs, reader->arena, &reader->outline->chapter->source, span_skip(text, brace),
                   reader->diags) &&
        attrs->braces)
        *title = span_trim((struct span){text.ptr, brace});
}

/* The first who asks keeps an id. */
static bool take_id(struct reader *reader, struct span id, unsigned line)
{
    struct place **slot = (struct place **)table_put(reader->ids, id);

    if (*slot != NULL)
        return false;
    *slot = arena_alloc(reader->arena, sizeof **slot);
    **slot = (struct place){&reader->outline->chapter->source, line, 1};
    return true;
}

/* In a talk two slides may be called the same; the first is what links lead to. */
static bool take_given_id(struct reader *reader, struct span id, unsigned line)
{
    bool is_talk = reader->outline->chapter->is_talk;
    const struct place *first;

    if (take_id(reader, id, line))
        return true;
    diag_add(reader->diags, is_talk ? DIAG_WARNING : DIAG_ERROR,
             source_place(&reader->outline->chapter->source, id.ptr), (unsigned)span_width(id),
             "the id \"%.*s\" is taken%s", SPAN_ARG(id), is_talk ? "; this gets another" : "");
    first = table_get(reader->ids, id);
    if (first->source != NULL)
        diag_add(reader->diags, DIAG_NOTE, *first, 1, "it is used here");
    else
        diag_note(reader->diags, "the page itself uses it; choose another");
    return !is_talk;
}

static unsigned level_of(const struct chapter *chapter, const struct block *rule)
{
    return chapter->is_talk ? hackmd_separator(&chapter->talk, &chapter->source, rule->line)
                            : rule->level;
}

static bool separates(const struct chapter *chapter, const struct block *block)
{
    return block->kind == BLOCK_RULE &&
           (level_of(chapter, block) == 3 || level_of(chapter, block) == 4);
}

static struct span without_comment(struct span title)
{
    struct span before;

    return span_find(&title, "<!--", &before) ? span_trim(before) : title;
}

/* A heading that begins no slide. */
static bool is_deeper_heading(const struct reader *reader, const struct block *block)
{
    return block->kind == BLOCK_HEADING &&
           (block->level > reader->level || reader->outline->chapter->is_talk);
}

/* Level 2, or the highest that a chapter has: pandoc takes talks for it with ### alone. */
static unsigned slide_level(const struct chapter *chapter)
{
    unsigned highest = 0;

    for (size_t i = 0; i < chapter->block_count; i++) {
        const struct block *block = &chapter->blocks[i];

        if (block->kind == BLOCK_HEADING && !block->nested &&
            (highest == 0 || block->level < highest))
            highest = block->level;
    }
    return highest > 2 ? highest : 2;
}

/* In a talk that headings divide, one begins a slide, unless it is the first on its own. */
static void divide(struct reader *reader, const struct block *block)
{
    const struct slide *slide = last_slide(reader);

    if ((reader->outline->chapter->talk.divider >> block->level & 1) != 0 &&
        (slide == NULL || next_text(reader, slide->body, block->line) < block->line))
        begin_slide(reader, block->line, block->line, true);
}

static void take_block(struct reader *reader, const struct block *block, bool hidden)
{
    const struct chapter *chapter = reader->outline->chapter;
    struct slide *slide;
    struct span title;
    struct attrs attrs = {0};

    if (separates(chapter, block)) {
        begin_slide(reader, block->line, block->line + 1, level_of(chapter, block) == 3)
            ->first_block++;
    } else if (block->kind == BLOCK_HEADING && !is_deeper_heading(reader, block)) {
        slide = begin_slide(reader, block->line, block->end_line + 1,
                            block->level == 1 || reader->level > 2);
        slide->heading = block;
        slide->first_block++;
        read_heading(reader, block, &slide->title, &slide->attrs);
    } else if (block->kind == BLOCK_HEADING) {
        read_heading(reader, block, &title, &attrs);
        if (attrs.id.len > 0)
            take_given_id(reader, attrs.id, block->line);
        slide = last_slide(reader);
        if (!hidden && slide != NULL && slide->heading == NULL && slide->title.len == 0 &&
            next_text(reader, slide->body, block->line) == block->line)
            slide->title = without_comment(title);
    }
}

static void find_slides(struct reader *reader)
{
    const struct chapter *chapter = reader->outline->chapter;
    unsigned end = chapter->source.line_count + 1;
    unsigned first = next_text(reader, chapter->body_line, end);
    struct depth depth = {0};

    if (first < end || chapter->is_talk)
        begin_slide(reader, chapter->body_line, chapter->body_line, true);
    for (; reader->block < chapter->block_count; reader->block++) {
        const struct block *block = &chapter->blocks[reader->block];

        outline_pass_div(&depth, block);
        if (!block->nested && depth.now == 0 && block->kind == BLOCK_HEADING && chapter->is_talk)
            divide(reader, block);
        if (!block->nested && (depth.now == 0 || is_deeper_heading(reader, block)))
            take_block(reader, block, depth.hidden > 0);
    }
    end_slide(reader, end);
}

/* Ids ----------------------------------------------------------------------- */

/* "Run and wait" -> "run-and-wait"; Chinese stays as it is. */
static void add_slug(struct buf *out, struct span title)
{
    size_t begin = out->len;

    for (size_t i = 0; i < title.len; i++) {
        unsigned char c = (unsigned char)title.ptr[i];

        if (isalnum(c) || c >= 0x80)
            buf_addc(out, (char)tolower(c));
        else if (out->len > begin && out->ptr[out->len - 1] != '-')
            buf_addc(out, '-');
    }
    while (out->len > begin && out->ptr[out->len - 1] == '-')
        out->len--;
}

/* "chapters/50-one-slot.md" -> "one-slot": chapters may be numbered anew. */
static struct span unnumbered_stem(const char *path)
{
    struct span stem = path_stem(span_of(path));

    while (stem.len > 0 && (isdigit((unsigned char)stem.ptr[0]) || stem.ptr[0] == '-'))
        stem = span_skip(stem, 1);
    return stem;
}

/* reveal.js takes a number for a place in the deck. */
static bool is_number(struct span id)
{
    unsigned long number;

    return span_number(id, 1ul << 30, &number);
}

/* From its title, or from the file's name; a number tells the second from the
 * first. */
static void make_id(struct reader *reader, struct slide *slide)
{
    struct buf id = {0};
    size_t len;

    add_slug(&id, slide->title);
    if (id.len == 0)
        add_slug(&id, unnumbered_stem(reader->outline->chapter->source.path));
    if (id.len == 0 || is_number(buf_span(&id))) {
        id.len = 0;
        buf_adds(&id, "slide");
    }
    len = id.len;
    for (unsigned number = 2;; number++) {
        slide->id = (struct span){arena_copy(reader->arena, id.ptr, id.len), id.len};
        if (take_id(reader, slide->id, slide->body))
            break;
        id.len = len;
        buf_addf(&id, "-%u", number);
    }
    buf_free(&id);
}

struct span outline_rest(const struct chapter *chapter, const struct slide *slide, const char *from)
{
    struct span last = source_line(&chapter->source, slide->end - 1);

    return span_between(from, last.ptr + last.len);
}

/* <!-- .slide: id="name" --> in a talk, outside of code. */
static struct span id_in_comment(const struct chapter *chapter, const struct slide *slide)
{
    size_t block = slide->first_block;

    for (unsigned line = slide->body; line < slide->end; line++) {
        struct span text = span_trim(source_line(&chapter->source, line)), words, name, value;

        while (block < chapter->block_count && chapter->blocks[block].end_line < line)
            block++;
        if (block < chapter->block_count && chapter->blocks[block].kind == BLOCK_CODE &&
            chapter->blocks[block].line <= line)
            continue;
        if (chapter->talk.hugo && hugo_id(text).len > 0)
            return hugo_id(text);
        words = hackmd_comment(outline_rest(chapter, slide, text.ptr), ".slide:");
        while (hackmd_next_attribute(&words, &name, &value))
            if (span_is(name, "id") && !span_has(value, "\n"))
                return value;
    }
    return (struct span){0};
}

/* What a slide's head calls it, in remark and in Slidev. */
static struct span id_in_head(const struct chapter *chapter, const struct slide *slide)
{
    struct span key, value;

    for (unsigned line = slide->body; line < slide->end && slide_heads_have(&chapter->heads, line);
         line++)
        if (slide_head_read(source_line(&chapter->source, line), &key, &value) &&
            (span_is(key, "name") || span_is(key, "routeAlias")))
            return value;
    return (struct span){0};
}

static void name_slides(struct reader *reader)
{
    const struct outline *outline = reader->outline;

    for (size_t i = 0; i < outline->count; i++) {
        struct slide *slide = &outline->slides[i];

        slide->id = slide->attrs.id;
        if (outline->chapter->is_talk)
            slide->id = id_in_comment(outline->chapter, slide);
        if (slide->id.len == 0)
            slide->id = id_in_head(outline->chapter, slide);
        if (slide->id.len > 0 &&
            !take_given_id(reader, slide->id,
                           slide->heading != NULL ? slide->heading->line : slide->body))
            slide->id = span_of("");
    }
    for (size_t i = 0; i < outline->count; i++)
        if (outline->slides[i].id.len == 0)
            make_id(reader, &outline->slides[i]);
}

void outline_read(struct outline *outline, const struct chapter *chapter, struct arena *arena,
                  struct table *ids, struct diags *diags)
{
    struct reader reader = {.outline = outline,
                            .arena = arena,
                            .ids = ids,
                            .diags = diags,
                            .level = slide_level(chapter)};

    *outline = (struct outline){.chapter = chapter};
    find_slides(&reader);
    name_slides(&reader);
}
