/*
 * Hugo's shortcodes, {{< name words >}} and {{% name words %}}: a talk of reveal-hugo
 * says with them what its slides, steps and notes are.
 */
#ifndef HEDDLE_READ_SHORTCODE_H
#define HEDDLE_READ_SHORTCODE_H

#include "heddle/base/text.h"

struct shortcode {
    struct span name, words;
    bool closes;  /* {{% /name %}} */
    bool escaped; /* it stands between stars, to be shown */
    size_t len;   /* of the whole */
};

/* Whether the text begins with one that ends on its line. */
bool shortcode_read(struct span text, struct shortcode *code);

/* Whether it begins one, ended or not. */
bool shortcode_begins(struct span text);

/* The next one of that name that closes, or does not; the text is moved there. */
bool shortcode_find(struct span *text, struct span name, bool closes, struct shortcode *code);

/* Whether a line has one of that name, at its start or behind blanks. */
bool shortcode_first(struct span line, const char *name, struct shortcode *code);

/* Whether one that closes that name is the last on its line; `before` is what stands
 * in front of it. */
bool shortcode_ends(struct span line, const char *name, struct span *before);

/* Whether a line has nothing but shortcodes. */
bool shortcode_alone(struct span line);

/* The next name="value" of its words; a word by itself is a value without a name. */
bool shortcode_next(struct span *words, struct span *name, struct span *value);

#endif
