/*
 * A slot: room for one run of the program at a time, in a process of its own.
 */
#ifndef EXPLORE_SEARCH_SLOT_H
#define EXPLORE_SEARCH_SLOT_H

#include <sys/types.h>

#include "explore/model/outcome.h"
#include "explore/search/search.h"

struct slot {
    struct record *record; /* shared with the run */
    int out, err;          /* files in memory: its streams */
    pid_t pid;
    size_t cpu; /* CPU_SETSIZE: any */
    struct item item;
    char *text[2]; /* what they held when it ended */
    size_t room[2];
    struct printed printed;
};

/* False with errno when there is no room. */
bool slot_open(struct slot *slot, unsigned number);

/* Start the run that slot->record->plan asks for. True in the run's process:
 * it is to go on as the program. */
bool slot_run(struct slot *slot);

/* Wait for its end; the record and `printed` then hold until the next run. */
void slot_wait(struct slot *slot);

/* Forget a run. */
void slot_stop(struct slot *slot);

#endif
