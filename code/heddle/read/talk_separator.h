/*
 * What stands between the slides of a talk.
 *
 * HackMD has --- and ---- between empty lines, reveal-md the same without them, and
 * Marp any rule of CommonMark. With reveal.js and reveal-md an author may have others:
 * the front matter says them as regular expressions, or they stand in another file,
 * and then the text itself has to tell.
 */
#ifndef HEDDLE_READ_TALK_SEPARATOR_H
#define HEDDLE_READ_TALK_SEPARATOR_H

#include "heddle/read/hackmd_talk.h"
#include "heddle/report/diag.h"

/* The lines or gaps that `separator:` and `verticalSeparator:` name, and the word that
 * `notesSeparator:` does. A pattern that says more than one text, or so many empty lines,
 * counts as none. So do settings beside a chapter in which nothing is separated so, unless they
 * name it. */
void talk_separators_read(struct hackmd_talk *talk, struct span front_matter,
                          const struct talk_settings *settings, const struct source *source,
                          unsigned first);

/* How much of a text's begin is such a literal, in which a backslash is before what a pattern
 * would read otherwise; in whatever case. 0: it begins otherwise. */
size_t talk_separator_length(struct span text, struct span literal);

/* A warning where a pattern counts as none, and where headings divide a talk for want of lines. */
void talk_separators_check(const struct hackmd_talk *talk, struct span front_matter,
                           const struct talk_settings *settings, const struct source *source,
                           struct diags *diags);

/* What separates slides below --- where an author has -- or vvv for it: the one that is
 * there most often. */
void talk_separators_guess_below(struct hackmd_talk *talk, const struct source *source,
                                 unsigned first);

/* What separates a talk that has no --- at all: longer dashes, or empty lines. Such a
 * chapter is a talk if slides or elements have attributes in it. Three lines === with
 * empty lines around them make one of any. */
void talk_separators_guess(struct hackmd_talk *talk, const struct source *source, unsigned first);

/* 3 if a line begins a column of slides in a talk, 4 for a slide in it, 0 for
 * neither. */
unsigned hackmd_separator(const struct hackmd_talk *talk, const struct source *source,
                          unsigned line);

#endif
