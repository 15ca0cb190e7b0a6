#include "heddle/slides/type_size.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "heddle/slides/head_markdown.h"

/* A slide as theme.css sets it, in px: what is left below the title, the height
 * of a line of text, and of a caption with the space between two listings; the
 * width of a listing, and of two beside each other. */
enum { ROOM = 802, TEXT_LINE = 50, CAPTION = 60, WIDTH = 1368, PAIR_WIDTH = 1348 };
enum { CODE_WANTED = 25 };                     /* px, with a figure below it */
enum { ROW_GAP = 20 };                         /* between what stands in a row */
enum { SPLIT_GAP = 28, LARGE_ENOUGH = 24 };    /* with a figure beside it */
enum { TEXT_COLUMNS = 88 };                    /* of text, in its own type */
enum { DRAWING_LINES = 8 };                    /* as much text as a drawing is taken for */
enum { COLUMN_WIDTH = 676, COLUMN_MOST = 20 }; /* of a slide in two columns */
enum { GUTTER_COLUMNS = 5, OUTPUT_LEAST_COLUMNS = 10 };

/* After so many columns a long line may be broken as well as after OUTLINE_WRAP. */
static const unsigned wraps[] = {64, 52};

/* In units of the type's size: */
static const double line_height = 1.42, column_width = 0.602, padding = 1.8, padding_height = 1.44;

/* What a slide shows. */
struct load {
    const struct chapter *chapter;
    unsigned code_lines, listings;
    unsigned text_hundredths;                    /* lines of text, about */
    struct figure_heights figures;               /* of all together */
    unsigned row_level, row_listings, row_lines; /* of a div .row: what stands side by side */
    bool stacked;                                /* outputs stand below their code, not beside it */
    bool shares;   /* the slide with a picture, which grows in the code's stead */
    unsigned wrap; /* after so many columns long lines are broken, where they may be */
    double size;   /* that the widest so far allows, in px */
    const struct block *widest;
};

/* Text ---------------------------------------------------------------------- */

static bool begins_paragraph(struct span text)
{
    return strchr("-*+|>", text.ptr[0]) != NULL || isdigit((unsigned char)text.ptr[0]);
}

static void end_paragraph(struct load *load, size_t width)
{
    load->text_hundredths += 100 * (unsigned)((width + TEXT_COLUMNS - 1) / TEXT_COLUMNS);
}

/* How long an address is, which may hold parentheses in pairs (CommonMark 0.30, section 6.3). */
static size_t address_length(struct span text)
{
    unsigned depth = 0;

    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] == ')' && depth == 0)
            return i;
        depth += text.ptr[i] == '(';
        depth -= text.ptr[i] == ')';
    }
    return 0;
}

/* Columns of a line without the addresses of its links. */
static size_t shown_width(struct span line)
{
    size_t width = span_width(line);
    struct span rest = line, before;

    while (span_find(&rest, "](", &before)) {
        size_t len = address_length(span_skip(rest, 2));

        width -= len > 0 ? span_width((struct span){rest.ptr + 2, len}) + 3 : 0; /* "](" and ")" */
        rest = span_skip(rest, 2 + len);
    }
    return width;
}

/* By the paragraph, for its lines are filled anew on the slide. The space above
 * one is worth half a line, above an item less. */
static void add_text(struct load *load, unsigned line, unsigned end)
{
    const struct source *source = &load->chapter->source;
    size_t width = 0;

    for (; (line = outline_next_text(load->chapter, line, end)) < end; line++) {
        struct span text = span_trim(source_line(source, line));
        bool apart = line == 1 || span_trim(source_line(source, line - 1)).len == 0;

        if (apart || begins_paragraph(text)) {
            end_paragraph(load, width);
            width = 0;
            load->text_hundredths += apart ? 45 : 25;
        }
        width += shown_width(text) + 1;
    }
    end_paragraph(load, width);
}

/* Code ---------------------------------------------------------------------- */

static double width_in_ems(const struct load *load, const struct block *block)
{
    size_t columns = outline_width(block);

    if (outline_wraps(block) && columns > load->wrap)
        columns = load->wrap;
    if (!outline_is_output(block))
        columns += GUTTER_COLUMNS;
    return (double)columns * column_width + padding;
}

static double pair_in_ems(const struct load *load, const struct block *code,
                          const struct block *output)
{
    double least = OUTPUT_LEAST_COLUMNS * column_width + padding, ems = width_in_ems(load, output);

    return width_in_ems(load, code) + (ems > least ? ems : least);
}

static void narrow(struct load *load, double size, const struct block *block)
{
    if (load->widest == NULL || size < load->size) {
        load->size = size;
        load->widest = block;
    }
}

/* A figure may be set larger than its own size, more so where it stands alone. */
static const double figure_wanted = 1.2, figure_most = 1.5, figure_alone = 1.9;

static void add_figure(const struct outline *outline, struct load *load, const struct block *block)
{
    const struct chapter *chapter = load->chapter;

    for (size_t i = 0; outline->heights != NULL && i < FIGURE_WIDTHS; i++)
        load->figures.units[i] += outline->heights[block - chapter->blocks].units[i];
    load->text_hundredths += 100; /* its caption */
    load->shares = true;
}

/* Rows ---------------------------------------------------------------------- */

/* In ::: {.row} all listings stand side by side. */
static void begin_row(struct load *load, const struct block *open)
{
    const struct chapter *chapter = load->chapter;
    const struct block *end = chapter->blocks + chapter->block_count, *block = open + 1;

    load->row_level = open->level;
    load->row_listings = load->row_lines = 0;
    for (; block < end && !(block->kind == BLOCK_DIV_CLOSE && block->level == open->level); block++)
        load->row_listings += outline_is_listing(block);
    load->listings += load->row_listings > 0;
}

static void pass_row(struct load *load, const struct block *block)
{
    if (block->kind == BLOCK_DIV_OPEN && load->row_level == 0 && outline_div_is(block, "row"))
        begin_row(load, block);
    else if (block->kind == BLOCK_DIV_CLOSE && block->level == load->row_level)
        load->row_level = 0;
}

static void add_to_row(struct load *load, const struct block *block)
{
    unsigned height = outline_height_in(block, load->wrap);
    double width = (WIDTH - (load->row_listings - 1) * ROW_GAP) / load->row_listings;

    if (height > load->row_lines) {
        load->code_lines += height - load->row_lines;
        load->row_lines = height;
    }
    narrow(load, width / width_in_ems(load, block), block);
}

/* What stands beside code adds only the lines that it is longer by. */
static void add_listing(struct load *load, const struct block *block)
{
    const struct chapter *chapter = load->chapter;
    bool beside =
        !load->stacked && block > chapter->blocks && outline_beside(chapter, block - 1) == block;
    const struct block *output = load->stacked ? NULL : outline_beside(chapter, block);
    unsigned shown = beside ? outline_height_in(block - 1, load->wrap) : 0,
             height = outline_height_in(block, load->wrap);

    load->shares = load->shares || outline_is_outcomes(block);
    if (height > shown)
        load->code_lines += height - shown;
    if (beside)
        return;
    load->listings++;
    if (output != NULL)
        narrow(load, PAIR_WIDTH / pair_in_ems(load, block, output), block);
    else
        narrow(load, WIDTH / width_in_ems(load, block), block);
}

/* Slides -------------------------------------------------------------------- */

static void add_slide(const struct outline *outline, struct load *load, const struct slide *slide)
{
    const struct chapter *chapter = load->chapter;
    struct depth depth = {0};
    unsigned line = slide->body;

    for (size_t i = slide->first_block;
         i < chapter->block_count && chapter->blocks[i].line < slide->end; i++) {
        const struct block *block = &chapter->blocks[i];
        bool hidden = depth.hidden > 0;

        outline_pass_div(&depth, block);
        pass_row(load, block);
        if (!hidden && block->line > line)
            add_text(load, line, block->line);
        if (!hidden && outline_is_figure(block))
            add_figure(outline, load, block);
        else if (!hidden && outline_drawing(outline, block).len > 0)
            load->text_hundredths += DRAWING_LINES * 100;
        else if (!hidden && outline_is_listing(block) && load->row_level > 0)
            add_to_row(load, block);
        else if (!hidden && outline_is_listing(block))
            add_listing(load, block);
        line = block->kind == BLOCK_HEADING ? block->line : block->end_line + 1;
    }
    if (depth.hidden == 0)
        add_text(load, line, slide->end);
}

static double room_below_text(const struct load *load)
{
    return ROOM - TEXT_LINE * load->text_hundredths / 100.0;
}

/* A figure set at this scale leaves so much to the code. */
static double size_above(const struct load *load, double scale)
{
    double room = room_below_text(load) - CAPTION * load->listings -
                  scale * load->figures.units[FIGURE_WIDTHS - 1];

    return room / (load->code_lines * line_height + load->listings * padding_height);
}

/* Code that is large enough for a room lets its figure be so, too. */
static double size_by_height(const struct load *load)
{
    double size = size_above(load, figure_wanted);

    return size >= CODE_WANTED ? size : fmin(size_above(load, FIGURE_LEAST), CODE_WANTED);
}

static void report_width(const struct load *load, struct diags *diags)
{
    const struct source *source = &load->chapter->source;
    const struct block *output = outline_beside(load->chapter, load->widest);
    struct place place = {source, load->widest->line, 1};

    diag_add(diags, DIAG_ERROR, place, 1,
             "on a slide this would be set in %.1f px, and %d is the least that a room can read",
             load->size, TYPE_SIZE_LEAST);
    if (output != NULL)
        diag_add(diags, DIAG_NOTE, place, 1,
                 "its widest line has %zu columns, and that of the "
                 "output beside it %zu: break them",
                 outline_width(load->widest), outline_width(output));
    else
        diag_add(diags, DIAG_NOTE, place, 1, "its widest line has %zu columns: break it",
                 outline_width(load->widest));
}

/* The larger part first: it is the cause. */
static void say_what_fills(const struct load *load, struct buf *out)
{
    unsigned text = load->text_hundredths / 100;
    bool text_first = text * TEXT_LINE > load->code_lines * 25;

    if (text_first && text > 1)
        buf_addf(out, "about %u lines of text and ", text);
    buf_addf(out, "%u line%s of code", load->code_lines, load->code_lines == 1 ? "" : "s");
    if (!text_first && text > 1)
        buf_addf(out, " and about %u lines of text", text);
}

static void report_height(const struct load *load, const struct slide *slide, double size,
                          struct diags *diags)
{
    unsigned line = slide->heading != NULL ? slide->heading->line : slide->body;
    struct place place = {&load->chapter->source, line, 1};

    struct buf shows = {0};

    if (size > 0)
        diag_add(diags, DIAG_ERROR, place, 1,
                 "this slide's code would be set in %.1f px, and %d is the least that a room can "
                 "read",
                 size, TYPE_SIZE_LEAST);
    else
        diag_add(diags, DIAG_ERROR, place, 1, "this slide's text leaves no room for its code");
    say_what_fills(load, &shows);
    diag_add(diags, DIAG_NOTE, place, 1,
             "it shows %s: make two slides of it, or put a part into ::: book", buf_string(&shows));
    buf_free(&shows);
}

/* Its author has set it in columns: two are the rule. */
static bool is_laid_out(const struct chapter *chapter, const struct slide *slide)
{
    static const char *const words[] = {"column", "flex", "grid", "float"};

    for (unsigned line = slide->body; line < slide->end; line++) {
        struct span text = span_trim(source_line(&chapter->source, line)), before;

        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            struct span rest = text;

            if ((span_starts(text, "<") || span_starts(text, ":::")) &&
                span_find(&rest, words[i], &before))
                return true;
        }
    }
    return false;
}

/* Of code in one of two columns, which the text need not share with it. */
static double size_in_column(const struct load *load)
{
    double height = (ROOM - CAPTION * load->listings) /
                    (load->code_lines * line_height + load->listings * padding_height);

    return fmin(fmin(COLUMN_WIDTH / width_in_ems(load, load->widest), height), COLUMN_MOST);
}

/* A talk's slides are as full as their author likes. */
static double fit_talk(const struct load *load, struct slide *slide, double size,
                       struct diags *diags)
{
    double narrow = fmin(COLUMN_WIDTH / width_in_ems(load, load->widest), COLUMN_MOST);
    unsigned line = slide->heading != NULL ? slide->heading->line : slide->body;

    if (slide->columns) {
        size = size_in_column(load);
    } else if (size < TYPE_SIZE_LEAST && load->listings > 1 && narrow > size &&
               !is_laid_out(load->chapter, slide)) {
        slide->columns = true;
        size = narrow;
    }
    if (size < TYPE_SIZE_TALK_LEAST) {
        struct buf shows = {0};

        if (load->size < TYPE_SIZE_TALK_LEAST)
            buf_addf(&shows, "a line of %zu columns", outline_width(load->widest));
        else
            say_what_fills(load, &shows);
        diag_add(diags, DIAG_WARNING, (struct place){&load->chapter->source, line, 1}, 1,
                 "this slide shows %s: its code scrolls at %d px, the smallest type of a talk; "
                 "make two slides of it",
                 buf_string(&shows), TYPE_SIZE_TALK_LEAST);
        buf_free(&shows);
    }
    return size < TYPE_SIZE_TALK_LEAST ? TYPE_SIZE_TALK_LEAST
           : size > TYPE_SIZE_MOST     ? TYPE_SIZE_MOST
                                       : size;
}

static void set_figure(struct slide *slide, struct figure_size size)
{
    slide->figure_px = size.px;
    slide->figure_units = size.units;
}

/* What code in type of this size leaves is the figure's. */
static void fit_figure(const struct load *load, double size, struct slide *slide)
{
    double code = CAPTION * load->listings +
                  size * (load->code_lines * line_height + load->listings * padding_height);
    bool alone = load->listings == 0;

    set_figure(slide, figure_size(&load->figures, WIDTH, room_below_text(load) - (alone ? 0 : code),
                                  alone ? figure_alone : figure_most, FIGURE_BROAD));
}

/* The size of code that leaves room for a figure beside it, drawn so wide; 0: it is
 * too high for that. */
static double size_beside(const struct load *load, size_t width)
{
    double left = WIDTH - SPLIT_GAP - FIGURE_LEAST * figure_widths[width];
    double by_width = load->size * left / WIDTH, room = room_below_text(load) + TEXT_LINE;
    double by_height = (room - CAPTION * load->listings) /
                       (load->code_lines * line_height + load->listings * padding_height);

    if (FIGURE_LEAST * load->figures.units[width] > room - TEXT_LINE)
        return 0;
    return fmin(fmin(by_width, by_height), TYPE_SIZE_SHARED);
}

/* A figure stands beside code where that is then much larger than above it. */
static double try_beside(const struct load *load, double size, struct slide *slide)
{
    double best = 0;

    for (size_t i = 0; i < FIGURE_WIDTHS; i++)
        best = fmax(best, size_beside(load, i));
    if (size >= LARGE_ENOUGH || best < 1.12 * size)
        return size;
    slide->split = (unsigned)(WIDTH * best / load->size); /* as wide as its widest line */
    return best;
}

static void fit_beside(const struct load *load, struct slide *slide)
{
    set_figure(slide, figure_size(&load->figures, WIDTH - SPLIT_GAP - slide->split,
                                  room_below_text(load), figure_most, 0));
}

/* Within what a room can read; what cannot be is reported. */
static double fit_strictly(const struct load *load, const struct slide *slide, double size,
                           struct diags *diags)
{
    double most = load->shares ? TYPE_SIZE_SHARED : TYPE_SIZE_MOST;

    if (load->size < TYPE_SIZE_LEAST)
        report_width(load, diags);
    else if (size < TYPE_SIZE_LEAST)
        report_height(load, slide, size, diags);
    return fmax(TYPE_SIZE_LEAST, fmin(fmin(size, load->size), most));
}

/* The size of its code if nothing is reported and no figure stands beside it. */
static double plain_size(const struct load *load)
{
    double size = load->code_lines > 0 ? size_by_height(load) : TYPE_SIZE_MOST;

    return fmin(size, load->size);
}

/* What the slide holds; outputs below their code where that is larger for it. */
static struct load load_with(const struct outline *outline, struct slide *slide, unsigned wrap)
{
    struct load beside = {.chapter = outline->chapter, .wrap = wrap};
    struct load below = {.chapter = outline->chapter, .wrap = wrap, .stacked = true};

    add_slide(outline, &beside, slide);
    add_slide(outline, &below, slide);
    slide->stacked = !outline->chapter->is_talk && below.listings > beside.listings &&
                     fmin(plain_size(&below), TYPE_SIZE_MOST) > 0.96 * plain_size(&beside);
    return slide->stacked ? below : beside;
}

/* Lines that may be broken are broken where the type is largest for it. */
static struct load load_of(const struct outline *outline, struct slide *slide)
{
    struct load best = load_with(outline, slide, OUTLINE_WRAP), load;

    for (size_t i = 0; !outline->chapter->is_talk && i < sizeof wraps / sizeof *wraps; i++) {
        bool stacked = slide->stacked;

        load = load_with(outline, slide, wraps[i]);
        if (plain_size(&load) > plain_size(&best))
            best = load;
        else
            slide->stacked = stacked;
    }
    return best;
}

static unsigned fit_slide(const struct outline *outline, struct slide *slide, bool strict,
                          struct diags *diags)
{
    struct load load;
    bool has_figure;
    double size;

    if (outline_slide_has(slide, "book"))
        return 0;
    slide->columns = outline->chapter->is_talk && head_has_columns(outline->chapter, slide);
    load = load_of(outline, slide);
    if (outline->chapter->is_talk && is_laid_out(outline->chapter, slide))
        load.text_hundredths /= 2;
    has_figure = load.figures.units[0] > 0;
    if (load.listings == 0 && has_figure)
        fit_figure(&load, 0, slide);
    if (load.listings == 0)
        return 0;
    size = load.code_lines > 0 ? size_by_height(&load) : TYPE_SIZE_MOST;
    if (has_figure)
        size = try_beside(&load, fmin(size, load.size), slide);
    if (strict && !outline->chapter->is_talk)
        size = fit_strictly(&load, slide, size, diags);
    else
        size = fit_talk(&load, slide, fmin(size, load.size), diags);
    if (slide->split > 0)
        fit_beside(&load, slide);
    else if (has_figure)
        fit_figure(&load, size, slide);
    return (unsigned)(size * 10);
}

void type_size_set(struct outline *outline, bool strict, struct diags *diags)
{
    for (size_t i = 0; i < outline->count; i++)
        outline->slides[i].code_tenths = fit_slide(outline, &outline->slides[i], strict, diags);
}
