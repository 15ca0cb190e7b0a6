/*
 * Text inside of other notations: HTML, base64.
 */
#ifndef HEDDLE_BASE_ESCAPE_H
#define HEDDLE_BASE_ESCAPE_H

#include "heddle/base/text.h"

/* Escaped for HTML's text and for attributes in double quotes. */
void escape_html(struct buf *out, struct span text);

/* Bytes as text, for data: addresses (RFC 4648, section 4). */
void escape_base64(struct buf *out, struct span bytes);

#endif
