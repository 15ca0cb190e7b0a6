/*
 * The rules of a talk's own <style>, so that they hold within @scope.
 *
 * There a selector begins below the slide. Styles of other tools begin with what is above
 * it (`.reveal .slides p`) or with the slide itself (`section.dark h1`, `.dark h1`): all of
 * that becomes `:scope`, the slide.
 */
#ifndef HEDDLE_SLIDES_TALK_SCOPE_H
#define HEDDLE_SLIDES_TALK_SCOPE_H

#include "heddle/base/text.h"

/* Behind the comment or the string at the start, which may hold any brace; the same text
 * when there is none. */
struct span talk_scope_behind_literal(struct span css);

/* The braces of `css` match. */
void talk_scope_add(struct span css, struct buf *out);

#endif
