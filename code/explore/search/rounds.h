/*
 * One round: a search from its beginning to its end, or until something is found that
 * makes another one necessary. For explorer.c and parts.c.
 */
#ifndef EXPLORE_SEARCH_ROUNDS_H
#define EXPLORE_SEARCH_ROUNDS_H

#include "explore/search/explorer.h"
#include "explore/search/graphs.h"

enum round {
    ROUND_DONE,       /* or stopped: all->stop */
    ROUND_AGAIN,      /* new places raced: they are steps from now on */
    ROUND_IS_PROGRAM, /* this process is to go on as the program */
    ROUND_WEAK,       /* C allows more than steps show */
    ROUND_LONG        /* it takes longer than was asked for */
};

/* Every branch that the search still wants; what runs show is counted in `all`. At
 * most so many `runs`, where that is not 0. */
enum round round_of_steps(struct exploration *all, struct search *search, unsigned long runs);

/* The same of every graph, as all->memory allows them. */
enum round round_of_graphs(struct exploration *all, struct graphs *graphs, unsigned long runs);

/* What was counted is forgotten, but for data races and for what the list is worth. */
void round_forget(struct exploration *all);

/* Has it taken as long as it may, or does somebody want its end? Then it stops. */
bool round_is_late(struct exploration *all);

/* CLOCK_MONOTONIC's seconds. */
double round_time(void);

#endif
