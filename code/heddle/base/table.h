/*
 * Named things: a hash table from spans to pointers.
 *
 * Keys and values stay the caller's and must outlive the table. The hash
 * (XXH3) is seeded per process, so names in order, or prepared in a chapter,
 * cost no more than random ones. Keys are shorter than 4 GiB. The zero value
 * is empty. One writer, no readers beside it.
 */
#ifndef HEDDLE_BASE_TABLE_H
#define HEDDLE_BASE_TABLE_H

#include "heddle/base/text.h"

struct table_entry {
    const char *ptr; /* the key; NULL: a free slot */
    uint32_t len, hash;
    void *value;
};

struct table {
    struct table_entry *slots;
    size_t count, cap; /* cap is 0 or a power of two; at most 3/4 full */
};

void *table_get(const struct table *table, struct span key); /* NULL: not there */

/* The slot of `key`, made when missing with a NULL value; valid until the
 * next table_put. */
void **table_put(struct table *table, struct span key);

/* The key nearest to `name` within two edits (one for names under four
 * bytes); false when there is none. */
bool table_nearest(const struct table *table, struct span name, struct span *nearest);

void table_free(struct table *table);

#endif
