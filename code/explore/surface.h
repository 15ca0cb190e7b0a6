/*
 * Which functions of other people's libraries the program calls, looked at
 * before the first run: an executable names all that it imports.
 */
#ifndef EXPLORE_SURFACE_H
#define EXPLORE_SURFACE_H

#include "explore/search/explorer.h"

/* False when one cannot be explored: then `exploration` says which. Of what is
 * on no list its verdict will be that nothing is proven. */
bool surface_allows(struct exploration *exploration);

/* Does it call nothing but what works on memory only? */
bool surface_is_plain(void);

#endif
