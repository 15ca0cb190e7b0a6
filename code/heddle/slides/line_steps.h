/*
 * Line steps: ```c {#name steps="1-2|4,6"} marks lines 1 and 2 of the listing
 * first, then 4 and 6, as the speaker goes on. Lines are the block's own, from
 * 1: numbers in code/ would change with every line above.
 */
#ifndef HEDDLE_SLIDES_LINE_STEPS_H
#define HEDDLE_SLIDES_LINE_STEPS_H

#include "heddle/read/markdown.h"

/* Report steps that cannot be read, and those that mark lines beyond the end. */
void line_steps_check(const struct chapter *chapter, struct diags *diags);

#endif
