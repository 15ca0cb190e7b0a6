/*
 * How large the type of a slide's code can be.
 *
 * One size for all listings of a slide, from their lines and columns and from
 * the text above them, so that no script measures them and paper is set as the
 * screen is; text that overfills a slide of a talk is set smaller by one (deck.js).
 * The measures of the slide are theme.css's.
 */
#ifndef HEDDLE_SLIDES_TYPE_SIZE_H
#define HEDDLE_SLIDES_TYPE_SIZE_H

#include "heddle/slides/outline.h"

enum { TYPE_SIZE_LEAST = 18, TYPE_SIZE_MOST = 42 }; /* px, on a slide of 1500 x 1000 */
enum { TYPE_SIZE_SHARED = 30 };                     /* the most beside a picture */
enum { TYPE_SIZE_TALK_LEAST = 13 };                 /* the same for a talk (hackmd_talk.h) */

/* Set each slide's `code_tenths`. What would be smaller than TYPE_SIZE_LEAST is
 * an error where it stands, with what fills the slide.
 *
 * Unless `strict`, and in every talk, slides are woven as they are: one with more
 * listings than fit below each other has two columns, when its type is larger
 * then, and its type may be as small as TYPE_SIZE_TALK_LEAST. What would be
 * smaller is a warning. */
void type_size_set(struct outline *outline, bool strict, struct diags *diags);

#endif
