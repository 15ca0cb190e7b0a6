/*
 * Processes that explore the parts of a program, each the next that nobody has begun,
 * and write into one file what they find.
 *
 * A part may show that all has to begin anew, or that nothing more can be said. Then
 * what lies behind it is of no matter, whoever was faster: so the end is the same
 * with any number of processes.
 */
#ifndef EXPLORE_SEARCH_CROWD_H
#define EXPLORE_SEARCH_CROWD_H

#include "explore/search/kept.h"
#include "explore/search/search.h"

/* What is explored in parts: steps, or, where there are any, graphs. */
struct whole {
    struct search *search;
    struct graphs *graphs; /* or NULL */
};

/* There are so many parts, and nothing is known of any. */
void crowd_begin(unsigned parts);

/* That one is known already; its memory is ours. */
void crowd_add(const struct kept_part *part);

/* Explore those of the list, all->options->workers at a time. `all` is then what they and
 * those that were known have shown; where some of all parts are missing, it is stopped. */
enum round crowd_explore(struct exploration *all, const struct whole *whole, const unsigned *list,
                         unsigned count, int store);

#endif
