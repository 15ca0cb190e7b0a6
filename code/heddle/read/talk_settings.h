/*
 * What a talk's own tool reads beside it, of which heddle reads the separators and the
 * theme: reveal-md's reveal-md.json, and a page of reveal.js that shows the talk,
 * <section data-markdown="talk.md" data-separator="^---$" ...>.
 */
#ifndef HEDDLE_READ_TALK_SETTINGS_H
#define HEDDLE_READ_TALK_SETTINGS_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

/* Regular expressions as a front matter has them; empty where nothing is said. */
struct talk_settings {
    struct span separator, vertical, notes;
    const char *file; /* that said so; NULL: there is none */
    bool names_it;    /* the chapter is shown by that page, so it is a talk */
    struct span theme;
    const char *theme_file; /* that says so */
    bool reveal_md;         /* its file is there */
};

/* From the text of either. What is there already stays. The page of another chapter than
 * `name` says nothing. What is read lives in the arena, or in the text. */
void talk_settings_read_json(struct talk_settings *settings, const char *file, struct span text,
                             struct arena *arena);
void talk_settings_read_page(struct talk_settings *settings, const char *file, struct span text,
                             struct span name, struct arena *arena);

#endif
