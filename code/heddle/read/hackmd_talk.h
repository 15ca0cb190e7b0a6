/*
 * Talks as HackMD writes them: https://hackmd.io/s/slide-example, and CodiMD's
 * reveal-markdown.js, which reads them there; and as its kin do. What is one, and
 * how its slides are separated.
 *
 * This is what reading must know of HackMD, with hackmd_notes.h and hackmd_attr.h.
 * What weaving does about the rest of it is in slides/hackmd_markdown.h, before
 * pandoc, and slides/hackmd_html.h, behind it.
 */
#ifndef HEDDLE_READ_HACKMD_TALK_H
#define HEDDLE_READ_HACKMD_TALK_H

#include "heddle/read/talk_settings.h"
#include "heddle/report/source.h"

/* A talk, and what separates its slides: then only that does. */
struct hackmd_talk {
    bool is;
    bool refused;                   /* slides: ..., so it is not guessed */
    bool marp;                      /* it says marp: true, or speaks as Marp */
    bool slidev;                    /* slides have a front matter each */
    bool remark;                    /* ??? begins notes, and -- a step */
    bool hugo;                      /* shortcodes say what its slides, steps and notes are */
    bool tight;                     /* --- needs no empty lines around it: reveal-md */
    bool reveal_md;                 /* neither, where a file of that tool stands beside the talk */
    bool lone;                      /* the author's own lines need them: they were guessed */
    struct span column, slide;      /* lines of the author's own: <!--s-->, <!--v--> */
    unsigned column_gap, slide_gap; /* so many empty lines separate; 0: they do not */
    unsigned
        divider;    /* bit N: a heading of level N begins a slide, as Marp's headingDivider says */
    bool undivided; /* so do headings, for next to nothing else does */
    struct span note;       /* begins notes as `Note:` does; empty: nothing else does */
    struct span theme;      /* as a file beside it says */
    const char *theme_file; /* that one */
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

#endif
