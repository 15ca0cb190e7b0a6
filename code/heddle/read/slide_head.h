/*
 * What stands on a slide's first lines and is about the slide: remark's properties
 * (`class: center, middle`), and the front matter that Slidev gives each slide, which
 * a line --- ends. To CommonMark the one is text, the other a heading.
 */
#ifndef HEDDLE_READ_SLIDE_HEAD_H
#define HEDDLE_READ_SLIDE_HEAD_H

#include "heddle/read/hackmd_notes.h"

struct slide_heads {
    struct line_range *list; /* in reading order */
    size_t count;
};

/* The last line of the head that begins on a line, behind a separator; 0: none does.
 * In a talk that is known to be remark's any key counts, and empty lines before. */
unsigned slide_head_end(const struct source *source, unsigned line, bool remark);

/* The line --- that ends the head that begins on a line, as Slidev has it; 0: none. */
unsigned slide_head_close(const struct source *source, unsigned line);

/* Whether a line --- ends a head, and so separates nothing. */
bool slide_head_is_closed_by(const struct source *source, unsigned line);

/* A line `key: value`; false for other ones. */
bool slide_head_read(struct span line, struct span *key, struct span *value);

/* Find a talk's heads. They, and remark's lines --, which underline nothing there,
 * are overwritten in the notes' masked copy. */
void slide_heads_find(struct slide_heads *heads, const struct source *source, unsigned first,
                      const struct hackmd_talk *talk, struct hackmd_notes *notes,
                      struct arena *arena);

bool slide_heads_have(const struct slide_heads *heads, unsigned line);

#endif
