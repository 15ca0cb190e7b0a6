/*
 * One chapter's text, addressed by line and column.
 *
 * Lines end as CommonMark has it: LF, CR LF, or a lone CR. Lines and columns
 * count from 1; a column counts bytes, as compilers do. The text stays the
 * caller's (web/load.h keeps it in the run's arena) and must outlive the source.
 */
#ifndef HEDDLE_REPORT_SOURCE_H
#define HEDDLE_REPORT_SOURCE_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

struct source {
    const char *path; /* as given by the user; shown in messages and #line */
    struct span text;
    const char **line_starts; /* line_count + 1 of them; the last is the end */
    unsigned line_count;
};

/* Where something stands; line 0 means the file as a whole. */
struct place {
    const struct source *source;
    unsigned line, column;
};

/* Lines of a source, both included. */
struct line_range {
    unsigned first, last;
};

void source_init(struct source *source, struct arena *arena, const char *path, struct span text);

/* Line `line` without its line end; empty beyond the last one. */
struct span source_line(const struct source *source, unsigned line);

/* The place of a byte of the text. */
struct place source_place(const struct source *source, const char *at);

/* Which of `count` ranges in reading order has the line; NULL: none. */
const struct line_range *line_range_with(const struct line_range *ranges, size_t count,
                                         unsigned line);

#endif
