/*
 * A promise: the lines that an output shall have.
 */
#ifndef HEDDLE_EXPECT_PROMISE_H
#define HEDDLE_EXPECT_PROMISE_H

#include "heddle/expect/pattern.h"

enum expect_order {
    EXPECT_EXACT,     /* line by line */
    EXPECT_ANY_ORDER, /* the same lines, each as often */
    EXPECT_THREADS    /* a line's first word is its thread; threads take turns
                           freely, and `...` is any lines of any thread there */
};

/* A line of a chapter, with `pad` spaces before it. */
struct expect_source {
    struct span text;
    size_t pad;
};

struct expect_line {
    struct pattern pattern;
    bool any_lines;     /* the line is `...` */
    struct span thread; /* its first word */
};

struct expect {
    enum expect_order order;
    struct expect_line *lines;
    size_t count;
    unsigned first_line; /* the chapter's line that lines[0] is */
    bool has_patterns;   /* or `...` */
};

#endif
