/*
 * Code that a reader of a chapter sees and heddle does not take: each is named
 * with its place, the reason, and the likely fix.
 *
 * A fence inside a block (the closing one was forgotten), fences that are none
 * to CommonMark (in the four blanks of a ??? container, directly below an HTML
 * tag, deep behind a list item), attributes in another tool's notation, and
 * merge conflicts. What is shown on purpose stands in a longer fence, in <pre>
 * or in a comment, and is not named; but a comment with a chunk is, since
 * Entangled would tangle it.
 */
#ifndef HEDDLE_READ_UNREAD_H
#define HEDDLE_READ_UNREAD_H

#include "heddle/read/markdown.h"

/* Look at a chapter whose blocks are found, and set its unread_count and
 * unread_line. An error where an output would be wrong or missing, else a
 * warning. */
void unread_find(struct chapter *chapter, struct diags *diags);

#endif
