/*
 * Reading JSON (RFC 8259).
 *
 * Values live in the arena, strings decoded, with a NUL behind them; they are
 * read-only afterwards. What is not there reads as null, so that a chain of
 * json_get() needs one test, at its end.
 */
#ifndef HEDDLE_BASE_JSON_H
#define HEDDLE_BASE_JSON_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum { JSON_DEEPEST = 64 }; /* arrays and objects inside each other */

enum json_kind {
    JSON_NULL,
    JSON_TRUE,
    JSON_FALSE,
    JSON_NUMBER,
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT
};

struct json {
    enum json_kind kind;
    struct span key;  /* a member's name */
    struct span text; /* a string */
    double number;
    const struct json *first; /* of an array or object */
    const struct json *next;  /* behind this one, in its array or object */
    size_t count;             /* of an array or object */
};

/* The value at the start of `text`, which moves behind it; NULL when there is
 * none, or when it is malformed or too deep. */
const struct json *json_read(struct arena *arena, struct span *text);

/* An object's member, or null; of two with one name the first. */
const struct json *json_get(const struct json *object, const char *key);

bool json_is_true(const struct json *value);
struct span json_text(const struct json *value); /* empty for what is no string */
long json_integer(const struct json *value);     /* 0 for what is no number */

#endif
