/*
 * The front matter of a chapter: YAML between two lines ---, or Hugo's TOML
 * between two lines +++, of which only lines `key: value` and `key = value` at the top
 * level are read.
 */
#ifndef HEDDLE_READ_FRONT_MATTER_H
#define HEDDLE_READ_FRONT_MATTER_H

#include "heddle/base/text.h"

/* The value of the first line `key: value` that has one, without its quotes;
 * empty when there is none. */
struct span front_matter_value(struct span front_matter, const char *key);

/* The same for a key that is indented below a line `parent:`. */
struct span front_matter_nested(struct span front_matter, const char *parent, const char *key);

/* Whether a line begins with `key:`, be there a value or none. */
bool front_matter_has(struct span front_matter, const char *key);

#endif
