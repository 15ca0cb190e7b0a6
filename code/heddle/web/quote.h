/*
 * Figures that prose quotes, each with a comment behind it that names its
 * source: 180<!--{of=item-56-life line=1}-->. Pandoc and GitHub show the number
 * alone.
 *
 *     {of=PROGRAM}            a number of a block that shows what it prints
 *     {of=PROGRAM .outcomes}  how many outcomes a block lists
 *     {in=CHUNK}              a number of the code, which may be a file's path
 *     line=N field=N          only there: the block's line, the line's word
 *
 * Tests hold the blocks to the programs; this holds the prose to the blocks.
 */
#ifndef HEDDLE_WEB_QUOTE_H
#define HEDDLE_WEB_QUOTE_H

#include "heddle/web/web.h"

/* Report each quotation that its source does not bear out, and what would. */
void web_check_quotes(struct web *web, struct diags *diags);

#endif
