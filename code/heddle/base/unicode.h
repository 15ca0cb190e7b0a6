/*
 * Texts that look the same to people, or to a file system that makes them so.
 */
#ifndef HEDDLE_BASE_UNICODE_H
#define HEDDLE_BASE_UNICODE_H

#include "heddle/base/arena.h"
#include "heddle/base/text.h"

enum unicode_form {
    UNICODE_COMPOSED, /* NFC: "e" and an accent above it are one letter */
    UNICODE_FOLDED    /* the same, and without upper and lower case */
};

/* The text in that form, in the arena; the text itself where it is no UTF-8. */
struct span unicode_in_form(struct span text, enum unicode_form form, struct arena *arena);

#endif
