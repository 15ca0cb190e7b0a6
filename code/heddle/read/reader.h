/*
 * A chapter while md4c tells what is in it, for the files markdown_*.c alone:
 * markdown.c is told, and hands code and headings on.
 */
#ifndef HEDDLE_READ_READER_H
#define HEDDLE_READ_READER_H

#include <md4c.h>

#include "heddle/read/fenced_div.h"
#include "heddle/read/markdown.h"

/* A div that is being read. */
struct open_div {
    size_t colons;
    unsigned containers; /* items and quotes around it */
    unsigned line;
    bool edge; /* of HackMD's notes */
};

/*
 * md4c tells what it finds in reading order, with pointers into the text but
 * without lines. `last` is how far it has come: what has no text of its own
 * (a rule, an empty block) is looked for behind it.
 */
struct reader {
    struct chapter *chapter;
    struct arena *arena;
    struct diags *diags;
    const char *begin, *end; /* the text that md4c reads, or its masked copy */
    struct hackmd_notes notes;
    size_t edge; /* of the notes: the next that becomes a div */
    const char *last;
    struct block *blocks;
    size_t block_count, block_cap;
    struct code_line *lines; /* of the code block being read */
    size_t line_count, line_cap;
    struct code_line line; /* its current line; pad counts md4c's spaces */
    unsigned nesting;      /* lists and quotes around this place */
    unsigned near_line;
    unsigned lists;      /* lists alone */
    unsigned containers; /* items and quotes around this place */
    struct open_div *divs;
    size_t div_count, div_cap;
    bool in_code, in_html, html_begun, fence_outside;
    const char *paragraph; /* first text of the last paragraph */
    const char *paragraph_end;
    const char *heading; /* first text of the heading being read */
    bool in_heading;
    size_t link_cap, html_cap;
};

/* What md4c points to in the masked copy, in the chapter's own text. */
const char *reader_unmasked(const struct reader *reader, const char *text);

/* The line of a byte, mostly near the last one that was asked for. */
unsigned reader_line_of(struct reader *reader, const char *at);

struct span reader_line(const struct reader *reader, unsigned line);

/* A line as md4c sees it. */
struct span reader_seen_line(const struct reader *reader, unsigned line);

/* The first line that has not been read yet. */
unsigned reader_next_line(struct reader *reader);

/* All up to this line has been read. */
void reader_pass(struct reader *reader, unsigned line);

struct block *reader_add(struct reader *reader, enum block_kind kind, unsigned line);

/* markdown_div.c: divs. The edges of notes that stand up to a line. */
void div_add_edges(struct reader *reader, unsigned line);

/* A line that md4c takes for a rule; and what a list's item or a quote ends with it. */
void div_take(struct reader *reader, unsigned line, const struct fenced_div *div);
void div_end_container(struct reader *reader);

/* Those end that were opened behind the innermost notes, or all: behind `line`, or
 * behind what ends there. */
void div_end_all(struct reader *reader, unsigned line);

/* markdown_code.c: code and its fences. md4c hands out a line of code as spaces,
 * text, and a newline; only the text points into the chapter. */
void code_take(struct reader *reader, const char *text, unsigned size);
void code_end(struct reader *reader, const MD_BLOCK_CODE_DETAIL *detail);

/* md4c 0.4.8 lets fences and HTML that are indented by four columns or more end
 * a paragraph; to CommonMark, pandoc and GitHub they go on with it. Outside of
 * lists such indentation tells; inside, the paragraph's own is the measure. */
bool code_check_depth(struct reader *reader, unsigned line, const char *what);

/* markdown_heading.c: headings and rules, at their end. */
void heading_take_rule(struct reader *reader);
void heading_end(struct reader *reader, unsigned level);

#endif
