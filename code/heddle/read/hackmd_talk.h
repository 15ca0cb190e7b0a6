/*
 * Talks as HackMD writes them: https://hackmd.io/s/slide-example, and CodiMD's
 * reveal-markdown.js, which reads them there.
 *
 * Speaker notes stand in <aside class="notes"> ... </aside>, each tag first on
 * its line; in a talk also behind a line `Note:`, or remark's `???`, to the slide's
 * end, and between {{% note %}} and {{% /note %}} of reveal-hugo. CommonMark takes the
 * one for raw HTML and the others for text; here all are notes, and what they hold
 * is Markdown.
 *
 * This is what reading must know of HackMD. What weaving does about the rest of
 * it is in slides/hackmd_markdown.h, before pandoc, and slides/hackmd_html.h,
 * behind it.
 */
#ifndef HEDDLE_READ_HACKMD_TALK_H
#define HEDDLE_READ_HACKMD_TALK_H

#include "heddle/read/talk_settings.h"
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
    unsigned *breaks; /* lines that separate slides and are no rule in the masked text */
    size_t break_count;
    const char *masked; /* the text from `first` on, byte for byte but for the tags,
                                   which are blanked; NULL: there are no notes */
};

/* A talk, and what separates its slides: then only that does. */
struct hackmd_talk {
    bool is;
    bool refused;                   /* slides: ..., so it is not guessed */
    bool marp;                      /* it says marp: true, or speaks as Marp */
    bool slidev;                    /* slides have a front matter each */
    bool remark;                    /* ??? begins notes, and -- a step */
    bool hugo;                      /* shortcodes say what its slides, steps and notes are */
    bool tight;                     /* --- needs no empty lines around it: reveal-md */
    bool lone;                      /* the author's own lines need them: they were guessed */
    struct span column, slide;      /* lines of the author's own: <!--s-->, <!--v--> */
    unsigned column_gap, slide_gap; /* so many empty lines separate; 0: they do not */
    unsigned
        divider;    /* bit N: a heading of level N begins a slide, as Marp's headingDivider says */
    bool undivided; /* so do headings, for next to nothing else does */
    struct span note; /* begins notes as `Note:` does; empty: nothing else does */
};

/* Whether a chapter is a talk. Its front matter says so (type: slide, slideOptions,
 * revealOptions ...), or it does what only talks do: --- and ---- separate it,
 * and it has attributes of slides, a line `Note:`, or a heading at most between
 * two rules, and little else. Where most of these have no empty lines around them,
 * as reveal-md does not need them, such ones separate, too. A front matter with
 * `slides:` keeps it from being guessed. What its own tool reads beside it counts where
 * the front matter says nothing, and something in it is separated so. */
struct hackmd_talk hackmd_is_talk(struct span front_matter, const struct talk_settings *settings,
                                  const struct source *source, unsigned first);

/* Find the notes from line `first` on, outside of code and comments. In the masked
 * text of a talk a separator is a rule, whatever the author wrote. */
void hackmd_find_notes(struct hackmd_notes *notes, const struct source *source, unsigned first,
                       const struct hackmd_talk *talk, struct arena *arena, struct diags *diags);

/* An image with a size: ![alt](file =200x100), where either number may be absent
 * and have a unit. */
struct hackmd_image {
    struct span address, width, height;
};

/* Whether such an address is at the start of `text`, which begins with "](", and
 * is moved behind its parenthesis then. */
bool hackmd_sized_image(struct span *text, struct hackmd_image *image);

/* What follows `kind` (".slide:", ".element") in the comment that `text` begins
 * with, up to its end; empty when there is none. reveal.js wants no colon behind
 * .element, and some write braces around both. */
struct span hackmd_comment(struct span text, const char *kind);

/* The next name="value" in a comment's text, or data-name with no value; the text
 * moves behind it. */
bool hackmd_next_attribute(struct span *text, struct span *name, struct span *value);

/* The value of name="..." in a tag, or empty. */
struct span hackmd_tag_value(struct span tag, const char *name);

#endif
