/*
 * What one run shows about others: which of its steps could have been taken
 * the other way round, and who would have to begin for that.
 */
#ifndef EXPLORE_SEARCH_ANALYSIS_H
#define EXPLORE_SEARCH_ANALYSIS_H

#include "explore/search/search.h"

/* Steps before `from` were looked through with an earlier run; and search->analysed of
 * them with the last one, which had the same. */
void analyse(struct search *search, const struct record *run, unsigned from);

#endif
