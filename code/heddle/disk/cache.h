/*
 * What was made before and may be wanted again: a folder of files, each named
 * after its key and holding a hash of its text.
 *
 * Any number of threads and processes may use one folder: a file appears as a
 * whole or not at all. One that is damaged, or stands under another's name, is
 * as good as none. Nothing here is an error, for what is not kept is made again.
 */
#ifndef HEDDLE_DISK_CACHE_H
#define HEDDLE_DISK_CACHE_H

#include "heddle/disk/file.h"

/* The text of a key (HASH_DIGITS hex digits, see hash_text), in the arena;
 * false when there is none. It counts as used now. */
bool cache_find(const char *folder, const char *key, struct arena *arena, struct span *text);

/* Keep a text, instead of what the key had. The folder is made. */
void cache_put(const char *folder, const char *key, struct span text);

/* Remove all but the `most` texts that were used last, and what interrupted
 * runs left behind an hour ago. Files that are not of cache_put() stay. */
void cache_prune(const char *folder, size_t most);

#endif
