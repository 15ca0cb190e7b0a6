/*
 * What runs show besides their outcomes: data races, places where a plain access is
 * a step from then on, and reasons to doubt the list.
 */
#ifndef EXPLORE_SEARCH_FINDINGS_H
#define EXPLORE_SEARCH_FINDINGS_H

#include "explore/search/explorer.h"

/* A plain access there is a step from now on. False when there are too many. */
bool findings_add_site(struct exploration *all, uintptr_t place);

/* Of a finding that another process has; what it points to is ours, or freed. */
void findings_add(struct exploration *all, struct finding *finding);

/* The run's data races, each once. */
void findings_take_races(struct exploration *all, const struct record *run);

/* ... and the places that it shows; plain accesses there become steps. True when there
 * are new ones: then what has been explored knew too few steps, and the search begins
 * again. */
bool findings_take_steps(struct exploration *all, const struct record *run);

/* The run's reasons to doubt the list, and what it says of C's memory and of waiting. */
void findings_take_worth(struct exploration *all, const struct record *run);

/* The run's choices, event_count of them; the caller's to free. */
struct choice *findings_choices(const struct record *run);

#endif
