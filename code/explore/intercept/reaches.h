/*
 * How the table (library.h) writes what a function reads and writes: each is the
 * initializer of a struct reach (front.h).
 */
#ifndef EXPLORE_INTERCEPT_REACHES_H
#define EXPLORE_INTERCEPT_REACHES_H

#include "explore/intercept/front.h"

/* A reach that needs no numbers gives none. */
#pragma GCC diagnostic ignored "-Wmissing-field-initializers"

#define R(...) \
    { \
        'r', __VA_ARGS__ \
    }
#define W(...) \
    { \
        'w', __VA_ARGS__ \
    }
#define READS_STATE(state) \
    { \
        's', state, NOTHING \
    }
#define CHANGES_STATE(state) \
    { \
        's', state, BYTES \
    }
#define LOCKED_STATE(state) \
    { \
        'l', state \
    }

#endif
