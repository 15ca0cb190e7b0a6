/*
 * Text inside of other notations: HTML, addresses, base64.
 */
#ifndef HEDDLE_BASE_ESCAPE_H
#define HEDDLE_BASE_ESCAPE_H

#include "heddle/base/text.h"

/* Text in which U+FFFD stands for what no HTML and no XML may hold (XML 1.0, section
 * 2.2): control characters but tab and line end, U+FFFE, U+FFFF, bytes that are
 * no UTF-8. */
void escape_controls(struct buf *out, struct span text);

/* The same, escaped for HTML's and XML's text and for attributes in double quotes. */
void escape_html(struct buf *out, struct span text);

/* Append HTML's text with the four names that escape_html() gives as the signs they are for. */
void escape_undo_html(struct buf *out, struct span text);

/* Whether %C3 or its like is at the start of the text. */
bool escape_is_percent(struct span text);

/* Append an address with its %C3 and %c3 as the bytes that they stand for (RFC
 * 3986, section 2.1); a % without two such digits stays. */
void escape_undo_percent(struct buf *out, struct span address);

/* Bytes as text, for data: addresses (RFC 4648, section 4). */
void escape_base64(struct buf *out, struct span bytes);

#endif
