/*
 * The containers of mkdocs and its Material theme: what is indented by four
 * columns below a line such as
 *
 *     !!! note "Title"      a note
 *     ??? "Title"           one that is folded (???+: and open)
 *     === "Title"           a tab
 *
 * To CommonMark that would be indented code, and the program in it would be lost.
 * To md4c such a line is shown as a list item's, which holds the same lines.
 */
#ifndef HEDDLE_READ_MKDOCS_H
#define HEDDLE_READ_MKDOCS_H

#include "heddle/report/source.h"

struct mkdocs_container {
    unsigned line, end; /* its first line, and the one behind its last */
    unsigned column;    /* of its mark */
    struct span kind;   /* "note"; empty when there is none */
    struct span title;  /* without quotes; may be empty */
    bool folds, open;
};

struct mkdocs_containers {
    struct mkdocs_container *list; /* in reading order: outer ones before inner ones */
    size_t count;
};

/* Find the containers from line `first` on, outside of code. Their first lines are
 * overwritten in `masked`, a copy of the chapter's text from there on, which is
 * made in the arena when there is none yet and something is found. */
void mkdocs_find(struct mkdocs_containers *containers, const struct source *source, unsigned first,
                 const char **masked, struct arena *arena);

#endif
