/*
 * The front matter of a chapter: YAML between two lines ---, of which only lines
 * `key: value` at the top level are read.
 */
#ifndef HEDDLE_READ_FRONT_MATTER_H
#define HEDDLE_READ_FRONT_MATTER_H

#include "heddle/base/text.h"

/* The value of the first line `key: value` that has one, without its quotes;
 * empty when there is none. */
struct span front_matter_value(struct span front_matter, const char *key);

#endif
