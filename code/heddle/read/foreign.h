/*
 * What other tools for books would make of a chapter, and heddle does not: their
 * attributes behind a fence, lines at which they put another file's text, and the
 * marks by which they know code without a fence.
 */
#ifndef HEDDLE_READ_FOREIGN_H
#define HEDDLE_READ_FOREIGN_H

#include "heddle/read/markdown.h"

/* What is said of a block, and where. */
struct foreign {
    struct span where;
    const char *why;
    bool inside; /* of one of its lines, not of its fence */
};

/* False: a fenced block has nothing of another tool's that would be lost. */
bool foreign_find(const struct block *block, struct foreign *foreign);

/* What is to be said of a line of text, without blanks around it; NULL: nothing. */
const char *foreign_line(struct span text);

/* The tool that would read a line of text as its own, where it is none for code; NULL:
 * nobody. A page shows the line as it is. */
const char *foreign_mark(struct span text);

#endif
