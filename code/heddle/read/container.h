/*
 * What stands before a block's text on its line: quote marks, list marks, and
 * blanks, with their columns as CommonMark counts them (tab stops of four).
 */
#ifndef HEDDLE_READ_CONTAINER_H
#define HEDDLE_READ_CONTAINER_H

#include "heddle/base/text.h"

enum { TAB_STOP = 4 }; /* CommonMark 0.30, section 2.2 */

/* The line without its quote marks and blanks. */
struct span container_skip(struct span line);

/* How often `c` stands at the start of the text. */
size_t container_run(struct span text, char c);

/* Length of a list's mark at the start of the text, 0 when there is none. */
size_t container_list_mark(struct span text);

/* Columns from the line's begin. */
unsigned container_width(struct span line, const char *to);

/* So many columns, or more, make code of a line: CommonMark 0.30, section 4.4. */
enum { CODE_INDENT = 4 };

/* Where the text of a line begins, behind quote and list marks. */
unsigned container_text_column(struct span line);

/* Does a fence open on this line, behind list and quote marks at most? */
bool container_opens_fence(struct span line, char fence);

/* Between two fences; the zero value is outside. */
struct container_code {
    char fence; /* the open one's character, or NUL */
    size_t length;
};

/* Is the next line code, or a fence? */
bool container_pass_code(struct container_code *code, struct span line);

/* The level of a heading with number signs; 0: the line is none. */
unsigned container_heading(struct span line);

/* Is the line that would close a fence in the same containers as its opening?
 * A list's content begins at the fence when the list's mark is on that line,
 * and up to three columns before it otherwise. */
bool container_same(struct span opening, struct span closing);

/* Where the content of the list item begins that opens on a line, the
 * innermost one up to `column`; 0 when none opens there. */
unsigned container_item_edge(struct span line, unsigned column);

#endif
