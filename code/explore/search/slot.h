/*
 * A slot: room for one run of the program at a time, and how it is had: in a process
 * of its own; or in this one, where it was parted (world/worlds.h) and the run does
 * nothing but what can be put back.
 */
#ifndef EXPLORE_SEARCH_SLOT_H
#define EXPLORE_SEARCH_SLOT_H

#include <sys/types.h>

#include "explore/model/outcome.h"
#include "explore/search/search.h"

struct slot {
    struct record *record; /* shared with the run */
    int out, err;          /* files in memory: its streams */
    pid_t pid;             /* of its process; 0: it had none */
    size_t cpu;            /* CPU_SETSIZE: any */
    struct item item;
    uint32_t steps, sites; /* of the last run, where it had no process of its own */
    bool prints_unnoticed; /* some run has: none can be followed */
    char *text[2];         /* what they held when it ended */
    size_t room[2];
    struct printed printed;
    unsigned long forked; /* runs that had a process */
};

/* False with errno when there is no room. */
bool slot_open(struct slot *slot, unsigned number);

/* Start the run that slot->record->plan asks for. True in the run's process, where
 * it has one: it is to go on as the program. */
bool slot_run(struct slot *slot);

/* Of a parted process: runs print into the slot's files; nobody prints there now. */
bool slot_take_streams(struct slot *slot);
void slot_give_streams(void);

/* Wait for its end; the record and `printed` then hold until the next run. */
void slot_wait(struct slot *slot);

/* ... before the search has its memory back, where the run was in this process: for who
 * does no more than worlds_run() allows. */
void slot_look(struct slot *slot);

/* Forget a run. */
void slot_stop(struct slot *slot);

#endif
