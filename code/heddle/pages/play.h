/*
 * What a reader needs to play with the schedules of a program: below "play/", the
 * player's own parts, and a script for each program that has a state graph, with
 * its source. Pages load them when they are wanted.
 */
#ifndef HEDDLE_PAGES_PLAY_H
#define HEDDLE_PAGES_PLAY_H

#include "heddle/pages/woven.h"
#include "heddle/web/web.h"

struct play {
    const char *deck_dir; /* the parts */
    const char *explored; /* the graphs, see launch.h */
    const char *twins;    /* the sources, as explored programs know their lines */
    struct woven *out;
};

/* Under what name a list's graph is known: its program's own, if it is explored in the
 * usual way. False for what is no such list. */
bool play_name(const struct snippet *snippet, struct arena *arena, struct span *name);

/* False when no program has a graph: then nothing is written. */
bool play_write(const struct play *play, const struct web *web, struct diags *diags);

#endif
