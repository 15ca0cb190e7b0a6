/*
 * A program explored part by part (search.h), by several processes, on several days or
 * on several machines. Which parts there are depends on the program and on what is
 * asked of it alone, and what is found in them is told in their order: so it is the
 * same, whoever explores what and when.
 */
#ifndef EXPLORE_SEARCH_PARTS_H
#define EXPLORE_SEARCH_PARTS_H

#include "explore/search/rounds.h"

/* What is to be explored, as options->workers, shard, keep and merge say. Returns as
 * round_of_steps() does. */
enum round parts_explore(struct exploration *all);

/* The rest of the graphs, of which some may have been looked at. */
enum round parts_explore_graphs(struct exploration *all, struct graphs *graphs);

#endif
