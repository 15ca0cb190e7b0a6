/*
 * What heddle wrote into a folder, as the folder's `.tangled` lists it: a hash and a
 * path a line, in the format of xxh128sum. Meant to be committed, so where a merge left
 * both sides in it, either side's text is ours.
 */
#ifndef HEDDLE_DISK_MANIFEST_H
#define HEDDLE_DISK_MANIFEST_H

#include "heddle/base/table.h"
#include "heddle/report/diag.h"

extern const char manifest_name[];

struct manifest {
    struct arena arena;
    struct table listed; /* path -> its hashes: all sides' when a merge left several */
    struct span *paths;  /* in its order */
    size_t count;
    bool merging; /* it holds both sides of a merge */
    char *text;   /* NULL: there is none */
    char **lines; /* what it will say */
    size_t line_count, line_cap;
};

/* Read that of an open folder. One that cannot be read lists nothing. */
void manifest_read(struct manifest *manifest, int folder);

/* What it lists for the path, first of all HASH_DIGITS; NULL when it does not. */
const char *manifest_hash(const struct manifest *manifest, struct span path);

/* Is this a text that heddle wrote to that path? */
bool manifest_lists(const struct manifest *manifest, struct span path, struct span text);

/* One more file for manifest_write(), which sorts them, so that merges stay small, and
 * leaves a list that would say the same. */
void manifest_put(struct manifest *manifest, const char *hash, struct span path);
void manifest_write(struct manifest *manifest, const char *folder, struct diags *diags);

void manifest_free(struct manifest *manifest);

#endif
