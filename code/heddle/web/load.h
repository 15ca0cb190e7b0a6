/*
 * A book is a folder of chapters: finding and reading them.
 */
#ifndef HEDDLE_WEB_LOAD_H
#define HEDDLE_WEB_LOAD_H

#include "heddle/web/web.h"

/* Read every chapter below the given files and folders (none: chapters/), in
 * the order of their paths, and build the web. False when there was an error;
 * all of them were reported. The caller gives the web back with web_free(),
 * in either case. */
bool web_load(struct web *web, const char *const paths[], size_t count, struct diags *diags);

#endif
