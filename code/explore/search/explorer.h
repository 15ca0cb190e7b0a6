/*
 * Exploring: one run after another, until there is nothing left to try.
 */
#ifndef EXPLORE_SEARCH_EXPLORER_H
#define EXPLORE_SEARCH_EXPLORER_H

#include <stdio.h>

#include "explore/model/outcome.h"
#include "explore/search/options.h"

/* A data race, wherever it was found first. */
struct finding {
    struct race race;
    char *schedule;       /* leads to the second access */
    char *first, *second; /* the threads' names */
};

enum stop {
    STOP_NOT, /* everything was explored */
    STOP_RUNS,
    STOP_SECONDS,
    STOP_STEPS,
    STOP_REFUSED,
    STOP_DIVERGED,
    STOP_SHARD, /* what was asked for is explored, and is not all */
    STOP_ASKED, /* somebody had enough (patience.h) */
    STOP_RACE   /* while graphs grew: C promises nothing more */
};

/* Runs that are looked at once more (otherwise.h): the first ones, and fewer and fewer of
 * the others. */
enum { SAMPLES_FIRST = 8, SAMPLES_MOST = 32 };

struct sample {
    size_t outcome; /* its number */
    struct choice *choices;
    uint32_t choice_count;
};

struct slot;

struct exploration {
    const struct options *options;
    struct outcomes outcomes;
    struct sample samples[SAMPLES_MOST];
    size_t sample_count;
    struct finding *findings;
    size_t finding_count;
    bool is_weak;     /* C allows more than was tried: */
    struct race weak; /* two atomic accesses, one weaker than seq_cst, that race */
    bool waits;       /* a thread waited where a wake-up without cause may come */
    bool fills;       /* a pipe was full */
    struct doubt doubts[DOUBTS_MOST];
    uint32_t doubt_count;
    unsigned long runs;      /* that ended by themselves */
    unsigned long redundant; /* that were cut: they repeated others */
    unsigned long restarts;  /* because new places raced */
    unsigned long states;    /* where they are merged */
    unsigned long forked;    /* runs that had a process of their own */
    unsigned long long steps;
    double begun, seconds;
    unsigned long jobs;                               /* runs at the same time, in this process */
    struct slot *slots;                               /* ... each in one of these */
    bool (*is_enough)(const struct exploration *all); /* asked after each run; or NULL */
    bool bounded;                                     /* the bound kept something out */
    enum memory memory;                               /* by which the list was made */
    char *unfollowed; /* why not by RC11, though C allows more than the steps; or NULL */
    enum stop stop;
    char *fault; /* why it was refused */
    uintptr_t fault_place;
    struct plan *plan; /* the places that are steps */
};

/* Nothing that is found will be proven, because the program ...: a phrase, and
 * its place, or 0. Said once however often it comes. */
void exploration_doubt(struct exploration *exploration, uintptr_t place, const char *text);

/* True in a process that is to go on as the program, if that process was not parted
 * (world/worlds.h): there, runs begin with their record. Otherwise all is done,
 * and `exploration` holds the result until the process ends. It begins zeroed,
 * or with doubts. */
bool explore(struct exploration *exploration, const struct options *options);

/* In a process just forked that explores for itself: its runs are its own. */
void exploration_settle(unsigned number);

/* ... at the end of its part: otherwise_try_samples(). */
bool exploration_look_again(struct exploration *all);

/* So many of its runs had a process. */
unsigned long exploration_forked(void);

/* One run, as options->schedule says, and its trace. True as above; false
 * with *fault set when that is no schedule. */
bool explore_one(const struct options *options, FILE *out, const char **fault);

#endif
