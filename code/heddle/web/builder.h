/*
 * A web while it is built, and how a block becomes a file of it (target.c). For
 * build.c and target.c alone.
 */
#ifndef HEDDLE_WEB_BUILDER_H
#define HEDDLE_WEB_BUILDER_H

#include "heddle/web/web.h"

/* Growing arrays of one build; moved to the web when it is done. */
struct builder {
    struct web *web;
    struct diags *diags;
    size_t chunk_cap, target_cap, snippet_cap;
    struct use *uses;
    size_t use_cap;
    struct part **answers; /* the first blocks of each */
    size_t answer_count, answer_cap;
    struct span banner; /* of the book */
};

/* A file that the part begins. */
struct target *target_make(struct builder *builder, struct part *part, struct span path);

/* The part says file=, and its chunk is that file's: the first, or one that goes on. */
void target_take_file(struct builder *builder, struct part *part, const struct attr *file,
                      struct span path);

/* It is compiled, or run, as build/bin/NAME. */
void target_add_program(struct builder *builder, struct target *target);

#endif
