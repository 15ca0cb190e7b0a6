/*
 * Text as a JSON string (RFC 8259, section 7), quotes included. Bytes that
 * are no UTF-8 become U+FFFD.
 */
#ifndef EXPLORE_BASE_JSON_H
#define EXPLORE_BASE_JSON_H

#include <stdio.h>

void json_text(FILE *out, const char *text, size_t size);
void json_string(FILE *out, const char *string);

#endif
