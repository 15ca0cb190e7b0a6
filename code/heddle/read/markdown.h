/*
 * A chapter's blocks with their exact lines and columns, as CommonMark has
 * them: md4c finds the blocks, this module finds where they stand.
 *
 * Fenced divs (::: notes, see fenced_div.h) are pandoc's, and end where the list's
 * item or the quote does that they stand in. HackMD's speaker notes (see
 * hackmd_talk.h) are such divs, too.
 *
 * The room read: a chapter's text becomes blocks that know their place.
 */
#ifndef HEDDLE_READ_MARKDOWN_H
#define HEDDLE_READ_MARKDOWN_H

#include "heddle/read/attr.h"
#include "heddle/read/hackmd_notes.h"
#include "heddle/read/mkdocs.h"
#include "heddle/read/slide_head.h"
#include "heddle/read/talk_settings.h"

enum block_kind { BLOCK_CODE, BLOCK_HEADING, BLOCK_RULE, BLOCK_DIV_OPEN, BLOCK_DIV_CLOSE };

/* One line of a code block: `pad` spaces (half of a tab that a list's
 * indentation cut), then a piece of the chapter. */
struct code_line {
    const char *ptr;
    uint32_t len;
    uint32_t pad;
};

struct block {
    enum block_kind kind;
    unsigned line, end_line; /* first and last, fences included; an indented block's
                                   `line` is the one before it */
    unsigned level;          /* heading: 1 to 6; rule: its dashes; div: depth, outermost 1 */
    bool nested;             /* in a list or a quote */
    bool fenced;             /* code: fenced, not indented */
    bool closed;             /* fenced code: its closing fence is there */
    char fence_char;
    unsigned fence_length;
    bool implied;                   /* closing div: nobody wrote it; behind this line */
    struct span info;               /* code: the raw info string; heading: its line(s) without
                                   marks; div: what follows the colons */
    const struct hackmd_edge *edge; /* div: where HackMD's notes begin or end; else NULL */
    struct attrs attrs;             /* fenced code only */
    struct code_line *lines; /* code: line i stands in chapter line block_code_line(..., i) */
    unsigned line_count;
    unsigned header; /* lines above them that are attributes: see quarto.h */
};

/* A link or an image, or raw HTML in which such may be; comments are raw HTML. */
struct link {
    struct span target; /* as written, without escapes: "#id", "a.png"; or the raw HTML */
    const char *at;     /* where it is in the chapter */
    bool is_html;
};

/* What is not said in a chapter, and is about how it is read. */
struct markdown_options {
    bool bare;                     /* attributes may stand without braces: entangled.h */
    struct talk_settings settings; /* of what stands beside it */
};

struct chapter {
    struct source source;
    struct block *blocks; /* in reading order */
    size_t block_count;
    struct link *links; /* likewise */
    size_t link_count;
    struct line_range *html; /* blocks of raw HTML, likewise */
    size_t html_count;
    struct mkdocs_containers containers;
    struct slide_heads heads;
    size_t unread_count;      /* code that readers see and heddle does not: see unread.h */
    unsigned unread_line;     /* the first of it */
    struct span title;        /* of a title block as pandoc has it; empty: it has none */
    struct span front_matter; /* between its lines --- or +++; empty when none */
    unsigned body_line;       /* first line behind it: 1 when there is none */
    struct hackmd_talk talk;  /* as hackmd_is_talk() says */
    bool is_talk;             /* talk.is */
    bool unreadable;          /* no UTF-8, so it has no blocks */
    struct markdown_options options;
};

/* Parse `text`, which must outlive the chapter. Encoding faults, unclosed
 * fences and bad attributes are reported; what can be read is still there.
 * False when anything was reported. */
bool markdown_read(struct chapter *chapter, struct arena *arena, const char *path, struct span text,
                   struct diags *diags);

/* The same with options, which the chapter keeps. */
bool markdown_read_as(struct chapter *chapter, struct arena *arena, const char *path,
                      struct span text, const struct markdown_options *options,
                      struct diags *diags);

/* The chapter's line of a block's line of code, counted from 0. */
unsigned block_code_line(const struct block *block, size_t index);

struct span code_line_span(const struct code_line *line); /* without its pad */

/* All that stands in a code block, each line with its pad and a newline. */
void block_add_code(const struct block *block, struct buf *out);

#endif
