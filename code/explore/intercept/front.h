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
    UNTIL,     /* up to the byte that argument y is, or argument x bytes */
    PAIRS,     /* as COUNT, without the last byte of an odd number */
    FAMILY,    /* an Internet address of the family that argument x is */
    LIKE,      /* as much as the text of argument x */
    LIKE_MOST, /* ... of which only argument y characters count, and a zero */
    WLIKE,
    WLIKE_MOST,
    BEHIND, /* the same, behind the text that is there */
    BEHIND_MOST,
    WBEHIND,
    WBEHIND_MOST,
    FILLED,  /* at most argument x bytes; a text, if it returns not 0 */
    GIVEN,   /* ... if it returns the argument itself */
    SPELLED, /* ... whatever it returns */
    SHIFT    /* mbstate_t; where that is NULL, the library's own, with the number x */
};

struct reach {
    char mode; /* 'r', 'w'; 's', 'l': the library's state with that number, 'l': locked */
    uint8_t argument;
    uint8_t extent;
    uint8_t x, y;
};

enum { REACHES_MOST = 6, ARGUMENTS = 6, NO_LIMIT = ARGUMENTS };

/* What functions of the library keep for themselves. */
enum state {
    STATE_LOCALE,
    STATE_ENVIRONMENT,
    STATE_TIME_ZONE,
    STATE_RANDOM48,
    STATE_MBLEN, /* each of these has one of its own (C17, 7.29.6.3) */
    STATE_MBTOWC,
    STATE_MBRLEN,
    STATE_MBRTOWC,
    STATES
};

struct front {
    const char *name;
    void *function; /* the library's own */
    struct reach reaches[REACHES_MOST];
};

/* The library's functions all take integers and pointers here, at most six: in
 * the calling conventions that we know, more arguments than were passed do no
 * harm (System V ABI, "Function Calling Sequence"). */
long front_call(struct front *front, const long *arguments, uintptr_t place);

/* Times are shown in a zone that the library keeps, under a lock, and reads from the
 * environment: a step, and then an access. */
struct visit;
void front_time_zone_step(uintptr_t place);
void front_time_zone_reads(struct visit *visit);

/* Find all the library's functions, once for all runs. */
void fronts_begin(void);

#endif
