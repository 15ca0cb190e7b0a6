/*
 * A text's hash (XXH3, 128 bits): finds changes, stops no enemy.
 */
#ifndef HEDDLE_BASE_HASH_H
#define HEDDLE_BASE_HASH_H

#include "heddle/base/text.h"

enum { HASH_DIGITS = 32 };

/* In hex, as xxh128sum prints it, with a NUL behind. */
void hash_text(struct span text, char digits[HASH_DIGITS + 1]);

#endif
