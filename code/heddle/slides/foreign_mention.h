/*
 * Lines of a book's text that another tool would read, and the page shows as they are.
 */
#ifndef HEDDLE_SLIDES_FOREIGN_MENTION_H
#define HEDDLE_SLIDES_FOREIGN_MENTION_H

#include "heddle/read/markdown.h"

/* Name line `line` when it is one of them; `text` is the line in its containers. Talks
 * have such lines of their own, and those who read them say what they leave out. */
void foreign_mention(const struct chapter *chapter, unsigned line, struct span text,
                     struct diags *diags);

#endif
