/*
 * What the files of a book are called: does every machine keep them apart, and
 * does Make read their names as they are written?
 */
#ifndef HEDDLE_WEB_PATHS_H
#define HEDDLE_WEB_PATHS_H

#include "heddle/web/web.h"

/* So many bytes of the path, from its first, mean themselves in a Makefile. */
size_t paths_plain_length(struct span path);

/* Warn of what one of them would misread; two in one place are an error. */
void paths_check(struct web *web, struct diags *diags);

#endif
