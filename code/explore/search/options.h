/*
 * What is asked of an explored program: the variable EXPLORE, words of the
 * form name=value with blanks between them.
 */
#ifndef EXPLORE_SEARCH_OPTIONS_H
#define EXPLORE_SEARCH_OPTIONS_H

#include "explore/search/search.h"

/* How a run is had: as it is fastest, if it can be had so; in a process of its own. */
enum engine { ENGINE_ONE, ENGINE_FORK };

enum mode { MODE_EXPLORE, MODE_REPLAY, MODE_TRACE, MODE_GRAPH };

struct options {
    enum mode mode;
    const char *schedule; /* to replay, to trace */
    bool json;
    bool quiet;                  /* no word on stderr: no progress, and no graph in silence */
    unsigned long runs, seconds; /* limits; 0: none */
    unsigned long steps;         /* of one run */
    int bound;                   /* of preemptions; -1: none */
    unsigned long spurious;      /* wake-ups without cause that a thread may see */
    uint32_t failing;            /* calls of which one may fail: FAILS_MALLOC ... */
    unsigned long jobs;          /* runs at the same time, each in a process of its own */
    unsigned long workers;       /* processes that explore parts; 0: nobody said how many */
    unsigned long marks;         /* least steps between two of a run's marks; 0: by their costs */
    unsigned shard, shards;      /* of the parts, every `shards`-th from this one; 0: all */
    const char *keep;            /* the file that parts go to, and may come from; or NULL */
    const char *merge;           /* files with parts, one a line; or NULL */
    enum reduction reduction;
    enum engine engine;
    unsigned long states; /* the most of a graph */
    enum memory memory;   /* asked for; MEMORY_STEPS: whatever the program needs */
    bool leaks;           /* look for lost memory */
    bool by_steps;        /* ... but never by graphs */
    bool by_states;       /* ... and a state is gone on from once */
    bool every_access;    /* plain accesses are steps, races or not */
    const char *program;  /* what to call it */
};

/* NULL, or which word is wrong; it lives as long as `options`. */
const char *options_read(struct options *options, const char *text);

/* Parts are wanted, and not just helpers. */
bool options_in_parts(const struct options *options);

/* What each run of an exploration, or a single one, is told of it. */
void options_plan(const struct options *options, struct plan *plan);

#endif
