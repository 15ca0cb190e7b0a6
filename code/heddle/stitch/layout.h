/*
 * How a tangled file is laid out: which line of which block each of its lines
 * is, and where blocks begin and end between them.
 *
 * A block that is used twice stands in a file twice: each is an instance.
 *
 * The room stitch: an edit of a tangled file goes back into the chapters.
 */
#ifndef HEDDLE_STITCH_LAYOUT_H
#define HEDDLE_STITCH_LAYOUT_H

#include "heddle/web/web.h"

struct instance {
    const struct part *part;
    size_t parent;         /* of whose `use` it comes; the file's own blocks have none */
    const struct use *use; /* NULL: the file's own */
    size_t first;          /* instance of the same use */
    struct span indent;    /* before each of its lines, all around it together */
};

enum step_kind {
    STEP_LINE,   /* line `index` of its block */
    STEP_BANNER, /* a line above the file, of no block */
    STEP_ENTER,  /* an instance begins ... */
    STEP_LEAVE   /* ... and ends */
};

struct step {
    enum step_kind kind;
    bool escaped; /* LINE: \<<name>> in its block */
    bool edge;    /* ENTER: the first of its use; LEAVE: the last */
    size_t instance;
    unsigned index;
};

struct layout {
    struct instance *instances; /* a parent stands before its children */
    size_t instance_count, instance_cap;
    struct step *steps;
    size_t step_count, step_cap;
};

/* The lists lie in the arena. */
void layout_make(struct layout *layout, struct arena *arena, const struct target *target);

/* Is it a line of the tangled file? */
bool step_is_line(const struct step *step);

#endif
