/*
 * What one run shows about others, when there is a bound of preemptions
 * (Coons, Musuvathi, McKinley, "Bounded Partial-Order Reduction", OOPSLA 2013,
 * algorithms 2 and 3).
 *
 * Two orders of the same steps that differ only where nothing depends on it may
 * need more preemptions, or fewer. So none stands for the other: what analysis.c
 * leaves out because an equivalent run is explored elsewhere may be lost there
 * to the bound. Here, whoever asks for a step is wanted before every step of
 * the others that it depends on, even when one happened before the other, and
 * also where that step's thread came in: to begin there costs no preemption
 * more. Sleep sets are left out. That is more runs than classes.
 */
#ifndef EXPLORE_SEARCH_BOUNDED_H
#define EXPLORE_SEARCH_BOUNDED_H

#include "explore/search/search.h"

/* Steps before `from` were looked through with an earlier run. */
void analyse_bounded(struct search *search, const struct record *run, unsigned from);

#endif
