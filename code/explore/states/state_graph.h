/*
 * The state graph of a program: all its schedules, with those put together
 * after which the same can follow.
 *
 * A state is all that decides what follows (explore/run/state.h), with what was
 * printed so far. A step is one operation of a thread, and what the thread does
 * behind it up to the next operation that it asks for. An end of the program is
 * a state as well, one for each outcome. So the ways through the graph are the
 * program's schedules, and its ends are the list of outcomes.
 *
 * The room states: the states of a program and the steps between them, as a graph.
 */
#ifndef EXPLORE_STATES_STATE_GRAPH_H
#define EXPLORE_STATES_STATE_GRAPH_H

#include "explore/search/explorer.h"

enum { NO_STATE = -1 };

/* What was seen of a step, for state_graph_write. */
struct seen_step {
    struct event event;
    struct calls calls;
    char *text;   /* what it printed; from malloc, or NULL */
    uint16_t set; /* bit n: variable n has become ... */
    int64_t values[WATCHED_MOST];
};

struct edge {
    struct choice choice;
    int32_t to;
    struct seen_step step;
};

/* A thread that cannot go on, and what it wants. */
struct blocked {
    uint8_t thread;
    bool unsignalled; /* `op` is the OP_WAIT that nobody has signalled yet */
    struct op op;
};

struct state_node {
    uint64_t key;
    uint32_t depth;       /* how far from the beginning, on the way that was found */
    int32_t from;         /* that way */
    struct choice choice; /* ... and its last step */
    int32_t outcome;      /* the end of that one; NO_STATE: no end */
    struct edge *edges;
    uint32_t edge_count, blocked_count;
    struct blocked *blocked;
};

struct state_graph {
    const struct exploration *all; /* what exploring has found */
    struct state_node *states;     /* the first is the beginning */
    size_t count, room;
    unsigned long runs;
    unsigned long spurious; /* wake-ups without cause that a thread may see in it */
    bool turns;             /* threads may turn in loops: the graph has no state of such a loop */
    uint32_t thread_count;
    char names[THREADS_MOST][NAME_SIZE];
    uintptr_t routines[THREADS_MOST];
    char *fault;   /* why there is none, or NULL */
    bool is_large; /* ... it has too many states */
};

/*
 * Find all states of the program, which `all` says everything about, at most
 * `most`. True in a process that is to go on as the program. Otherwise `graph`
 * holds the result until the process ends.
 */
bool state_graph_explore(struct state_graph *graph, const struct exploration *all, size_t most);

#endif
