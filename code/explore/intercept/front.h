/*
 * Functions of the C library that the explorer stands in front of without
 * code of its own: the table (library.h) says of each what memory it reads and
 * writes, by its arguments.
 */
#ifndef EXPLORE_INTERCEPT_FRONT_H
#define EXPLORE_INTERCEPT_FRONT_H

#include <stdint.h>

/* How far a piece of memory goes; x and y are numbers of arguments. */
enum extent {
    NOTHING,
    BYTES,     /* x bytes: a constant */
    COUNT,     /* argument x says how many bytes */
    WCOUNT,    /* ... how many wide characters */
    PRODUCT,   /* argument x times argument y bytes */
    TEXT,      /* up to a zero */
    TEXT_MOST, /* ... or as many characters as argument x says */
    WIDE,
    WIDE_MOST,
    FOUND,     /* reads argument x bytes, or up to what it returns */
    LIKE,      /* as much as the text of argument x */
    LIKE_MOST, /* ... of which only argument y characters count, and a zero */
    WLIKE,
    WLIKE_MOST,
    BEHIND, /* the same, behind the text that is there */
    BEHIND_MOST,
    WBEHIND,
    WBEHIND_MOST,
    RESULT, /* at most argument x bytes; as many as it returns */
    FILLED, /* at most argument x bytes; a text, if it returns not NULL */
    POINTED /* a pointer, which points to a text to be read */
};

struct reach {
    char mode; /* 'r', 'w', 's': the state of the library with that number */
    uint8_t argument;
    uint8_t extent;
    uint8_t x, y;
};

enum { REACHES_MOST = 5, ARGUMENTS = 6 };

/* What several functions of the library keep for themselves. */
enum state { STATE_LOCALE, STATE_ENVIRONMENT, STATE_OPTIONS, STATE_RANDOM48, STATE_SHIFT, STATES };

struct front {
    const char *name;
    void *function; /* the library's own */
    struct reach reaches[REACHES_MOST];
};

/* The library's functions all take integers and pointers here, at most six: in
 * the calling conventions that we know, more arguments than were passed do no
 * harm (System V ABI, "Function Calling Sequence"). */
long front_call(struct front *front, const long *arguments, uintptr_t place);

/* Find all the library's functions, once for all runs. */
void fronts_begin(void);

#endif
