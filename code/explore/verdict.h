/*
 * What the list of outcomes is worth: whether it is every one, and under which
 * assumptions.
 */
#ifndef EXPLORE_VERDICT_H
#define EXPLORE_VERDICT_H

#include <stdio.h>

#include "explore/search/explorer.h"

enum verdict {
    VERDICT_COMPLETE, /* every outcome, if what is assumed holds */
    VERDICT_WEAK,     /* every one under sequential consistency; C allows more */
    VERDICT_BOUNDED,  /* every one within the bound of preemptions */
    VERDICT_DOUBTED,  /* nothing was left to try, and yet nothing is proven */
    VERDICT_STOPPED,  /* at a limit */
    VERDICT_REFUSED   /* the program cannot be explored */
};

enum verdict verdict_of(const struct exploration *exploration);

/* Whose rules for memory the list is complete under: "c11" for C's own,
 * "sc" where sequential consistency is less than that, "race" where C has none. */
const char *verdict_model(const struct exploration *exploration);

/* What was assumed, in one line without its end: what holds for every report,
 * record, caption and chapter. */
void verdict_write_assumed(const struct exploration *exploration, FILE *out);

#endif
