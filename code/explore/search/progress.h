/*
 * How far exploring has come, in one line for a person.
 */
#ifndef EXPLORE_SEARCH_PROGRESS_H
#define EXPLORE_SEARCH_PROGRESS_H

#include "explore/search/explorer.h"

/* `done`: the part of the search, from 0 to 1, as search_done() says; 0: nobody knows. */
void progress_show(const struct exploration *all, double done, unsigned depth);

#endif
