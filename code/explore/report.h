/*
 * What an exploration has found, for people or for programs.
 */
#ifndef EXPLORE_REPORT_H
#define EXPLORE_REPORT_H

#include <stdio.h>

#include "explore/search/explorer.h"

void report(const struct exploration *exploration, FILE *out);
/* How one run has ended, and what its threads wait for. */
void report_run(const struct record *run, FILE *out);

/* What the process says for it. */
int report_status(const struct exploration *exploration);

#endif
