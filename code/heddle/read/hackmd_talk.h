/*
 * Talks as HackMD writes them: https://hackmd.io/s/slide-example, and CodiMD's
 * reveal-markdown.js, which reads them there.
 *
 * Speaker notes stand in <aside class="notes"> ... </aside>, each tag first on
 * its line; in a talk also behind a line `Note:`, to the slide's end. CommonMark
 * takes the one for raw HTML and the other for text; here both are notes, and
 * what they hold is Markdown.
 *
 * This is what reading must know of HackMD. What weaving does about the rest of
 * it is in slides/hackmd_markdown.h, before pandoc, and slides/hackmd_html.h,
 * behind it.
 */
#ifndef HEDDLE_READ_HACKMD_TALK_H
#define HEDDLE_READ_HACKMD_TALK_H

#include "heddle/report/diag.h"

/* Where notes begin or end. */
struct hackmd_edge {
    unsigned line;
    bool opens;
    struct span beside; /* what stands on that line behind the opening tag or
                               before the closing one */
    struct span tag;    /* the opening tag; empty for `Note:` */
};

struct hackmd_notes {
    struct hackmd_edge *edges; /* openings and closings, taking turns */
    size_t count;
    const char *masked; /* the text from `first` on, byte for byte but for the tags,
                                   which are blanked; NULL: there are no notes */
};

/* Whether a front matter makes its chapter a talk: it has slideOptions, or says
 * type: slide. Then only rules separate slides. */
bool hackmd_is_talk(struct span front_matter);

/* Whether a line separates slides in a talk: --- or ----, with empty lines
 * around it. */
bool hackmd_separates(const struct source *source, unsigned line);

/* Find the notes from line `first` on, outside of code and comments. */
void hackmd_find_notes(struct hackmd_notes *notes, const struct source *source, unsigned first,
                       bool is_talk, struct arena *arena, struct diags *diags);

/* An image with a size: ![alt](file =200x100), where either number may be absent
 * and have a unit. */
struct hackmd_image {
    struct span address, width, height;
};

/* Whether such an address is at the start of `text`, which begins with "](", and
 * is moved behind its parenthesis then. */
bool hackmd_sized_image(struct span *text, struct hackmd_image *image);

/* What follows `kind` (".slide:", ".element:") in the comment that `text` begins
 * with, up to its end; empty when there is none. */
struct span hackmd_comment(struct span text, const char *kind);

/* The next name="value" in a comment's text, which moves behind it. */
bool hackmd_next_attribute(struct span *text, struct span *name, struct span *value);

/* The value of name="..." in a tag, or empty. */
struct span hackmd_tag_value(struct span tag, const char *name);

#endif
