/*
 * A chapter as slides.
 *
 * A heading of level 1 or a rule --- begins a column of slides, a heading of
 * level 2 or a rule ---- a slide in it; both only outside of lists, quotes and
 * divs. A rule with a heading behind it is one beginning, not two. What stands
 * before the first of them is a slide as soon as it is more than a comment.
 *
 * In a talk (hackmd_talk.h) only rules with empty lines around them do so, or headings
 * that divide it, and every slide counts, even an empty one. Where all headings are deeper
 * than level 2, the highest of them begin slides.
 *
 * The room slides: a chapter becomes slides, and the Markdown that pandoc is given.
 */
#ifndef HEDDLE_SLIDES_OUTLINE_H
#define HEDDLE_SLIDES_OUTLINE_H

#include "heddle/base/table.h"
#include "heddle/read/markdown.h"
#include "heddle/slides/figure_size.h"

struct slide {
    const struct block *heading; /* NULL: begun by a rule, or by text */
    struct span title;           /* Markdown, without attributes: of the heading, or of the
                                       deeper one that a slide begins with */
    struct attrs attrs;          /* of the heading */
    struct span id;
    unsigned body, end;    /* its first line behind the heading, and the one behind it */
    size_t first_block;    /* the first that stands in its body, or behind it */
    bool column;           /* begins one */
    unsigned code_tenths;  /* its code's type size in px / 10; 0: it shows none (type_size.h) */
    unsigned figure_px;    /* the height of its figure there; 0: it has none (type_size.h) */
    unsigned figure_units; /* and how wide that is drawn (draw.h in figures) */
    unsigned split;        /* px of code, beside which it stands; 0: below (type_size.h) */
    bool stacked;          /* its outputs stand below their code (type_size.h) */
    bool columns;          /* it is set in two of them (type_size.h) */
};

struct outline {
    const struct chapter *chapter;
    struct slide *slides;
    size_t count;
    const struct figure_heights *heights; /* by block; NULL: there are no figures */
    const struct span *drawings;      /* HTML in a block's place, by block; NULL: there are none */
    const struct span *html_drawings; /* likewise, by block of raw HTML */
};

/*
 * Find the slides. `ids` gathers the book's ids (id -> struct place), slides'
 * and deeper headings' alike; one that is taken already is reported. What has
 * no id gets one from its title or place.
 */
void outline_read(struct outline *outline, const struct chapter *chapter, struct arena *arena,
                  struct table *ids, struct diags *diags);

/* Fenced code that becomes a figure: all but pandoc's raw blocks. */
bool outline_is_listing(const struct block *block);
bool outline_is_output(const struct block *block); /* outcomes, too */
bool outline_is_outcomes(const struct block *block);
bool outline_is_list(const struct block *block);   /* of outcomes, all at once: .list */
bool outline_is_figure(const struct block *block); /* drawn from a run: figures/figure.h */

/* What is drawn in its place, as HTML; empty: the block is shown. */
struct span outline_drawing(const struct outline *outline, const struct block *block);

/* The output that is shown beside this code, or NULL: it follows at once, and
 * the lines of both are short enough for one width. */
const struct block *outline_beside(const struct chapter *chapter, const struct block *code);

/* Whether its heading has a class: {.book}. */
bool outline_slide_has(const struct slide *slide, const char *class);

/* The first line from `line` on that is neither empty nor a comment's; `end`
 * when there is none before it. */
unsigned outline_next_text(const struct chapter *chapter, unsigned line, unsigned end);

/* The slide's text from a place in it on: a comment may go on in lines below. */
struct span outline_rest(const struct chapter *chapter, const struct slide *slide,
                         const char *from);

/* A comment as those write it who have no other: [//]: # text. Only with the text in brackets or
 * quotes is it a definition to CommonMark; it is shown to nobody either way. */
bool outline_is_remark(struct span line);

/* The number of a listing's first line, as HackMD writes it: ```c=12, or ```c=+
 * behind the one above. 0: it shows no numbers, as code in a talk without = */
unsigned outline_first_number(const struct chapter *chapter, const struct block *block);

/* Which of its lines a listing marks one after the other (line_steps.h): its attribute, or in a talk
 * what reveal.js has in brackets, ```c [1-2|4]. Empty: none. */
struct span outline_steps(const struct chapter *chapter, const struct block *block);

/* Whether long lines are broken: ```c! Such code has no numbers. */
bool outline_wraps(const struct block *block);
enum { OUTLINE_WRAP = 80 }; /* columns, unless a slide has larger type with fewer */

/* Columns of the widest line, and how many lines are shown, also when what wraps has
 * only so many columns. */
unsigned outline_height(const struct block *block);
unsigned outline_height_in(const struct block *block, unsigned wrap);
size_t outline_width(const struct block *block);

/* Divs around a place: how deep, and since which depth out of a slide's sight. */
struct depth {
    unsigned now, hidden;
};

void outline_pass_div(struct depth *depth, const struct block *block);

/* Whether an opening div is ::: name, or ::: {.name ...} */
bool outline_div_is(const struct block *block, const char *name);

#endif
