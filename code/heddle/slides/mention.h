/*
 * What is said once of many: the first of a kind at its place, and how many more
 * there are.
 */
#ifndef HEDDLE_SLIDES_MENTION_H
#define HEDDLE_SLIDES_MENTION_H

#include "heddle/read/markdown.h"

struct mention {
    const char *before, *behind; /* the name */
    struct span name, where;
    unsigned count;
};

/* The zero value is empty. Spans are the chapter's, and strings outlive it. */
struct mentions {
    struct mention *list;
    size_t count, cap;
    unsigned others; /* of more kinds than anybody reads */
};

/* Whether one of this kind was added: one that says the same, of the same name. Then it is
 * counted. */
bool mentions_count(struct mentions *mentions, struct span name, const char *behind);

/* One of a kind, which is counted or new. */
void mentions_add(struct mentions *mentions, const char *before, struct span name,
                  const char *behind, struct span where);

/* Say all of them as warnings, and forget them. */
void mentions_say(struct mentions *mentions, const struct source *source, struct diags *diags);

#endif
