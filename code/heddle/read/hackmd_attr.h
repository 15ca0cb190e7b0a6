/*
 * What HackMD and reveal.js say of a slide, an element or an image, in comments and
 * behind an image's address.
 */
#ifndef HEDDLE_READ_HACKMD_ATTR_H
#define HEDDLE_READ_HACKMD_ATTR_H

#include "heddle/base/text.h"

/* An image with a size: ![alt](file =200x100), where either number may be absent
 * and have a unit. */
struct hackmd_image {
    struct span address, width, height;
};

/* Whether such an address is at the start of `text`, which begins with "](", and
 * is moved behind its parenthesis then. */
bool hackmd_sized_image(struct span *text, struct hackmd_image *image);

/* What follows `kind` (".slide:", ".element") in the comment that `text` begins
 * with, up to its end, which may be lines below; empty when there is none. reveal.js wants no colon behind
 * .element, and some write braces around both. */
struct span hackmd_comment(struct span text, const char *kind);

/* The next name="value" in a comment's text, or data-name with no value; the text
 * moves behind it. */
bool hackmd_next_attribute(struct span *text, struct span *name, struct span *value);

#endif
