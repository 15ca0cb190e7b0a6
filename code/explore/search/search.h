/*
 * The search through all schedules: a tree whose nodes are the states of the
 * program that some run has passed, and whose branches are who took the next
 * step there.
 *
 * It is dynamic partial-order reduction (Flanagan and Godefroid, POPL 2005)
 * with source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas, POPL
 * 2014, "Source-DPOR"): each run is looked through for steps that depend on
 * each other, come from two threads and could have been taken the other way
 * round; whoever would begin that other way is then wanted in the node before
 * the first of the two. What nobody wants is never run.
 *
 * Invariants:
 * - every thread in `wanted` is begun sooner or later, with all its
 *   alternatives, unless it is asleep or over the bound;
 * - `sleeping` of a branch holds who was begun before in the same node: what
 *   begins with them is, or will be, explored there;
 * - so no two runs that end by themselves are equivalent, and each class of
 *   equivalent runs has one: as far as op_dependent() tells steps apart, which
 *   may be further than the program can. Reports count runs, not classes.
 *
 * With a bound of preemptions (Musuvathi and Qadeer, PLDI 2007) sleep sets are
 * left out, as what is asleep may be within the bound only elsewhere, and who
 * is wanted where says bounded.h.
 *
 * The tree is explored in parallel but the same way every time: what is begun
 * next depends on what was begun before, never on which run ends first.
 *
 * To be explored by several, the tree has a crown: in nodes above a certain depth
 * everybody is wanted, so that nothing below it asks for more there. What lies
 * below the crown are its parts; sleep sets keep them apart, and each can be
 * explored for itself, in any order, in any process.
 *
 * The room search: which schedule comes next, until nothing is left to try.
 */
#ifndef EXPLORE_SEARCH_SEARCH_H
#define EXPLORE_SEARCH_SEARCH_H

#include "explore/model/record.h"

enum reduction { REDUCE_NOTHING, REDUCE_SLEEP, REDUCE_ALL };

struct node {
    struct node *parent, *next_open;
    unsigned depth, uses; /* children, runs on their way, places in lists */
    struct choice choice; /* that led here from the parent */
    enum op_kind kind;    /* ... and what was done, */
    uintptr_t place;      /* and where */
    thread_set enabled, lazy, sleeping, wanted, begun;
    unsigned preemptions; /* on the way here */
    bool is_open;
    struct branch {
        uint8_t alternatives, begun;
        thread_set before; /* who was begun earlier */
    } branches[THREADS_MOST];
};

/* One branch to run. */
struct item {
    struct node *node;
    struct choice choice;
};

struct search {
    enum reduction reduction;
    int bound;          /* of preemptions; -1: none */
    bool bounded;       /* the bound kept something out */
    struct node **open; /* by depth: nodes with something to begin */
    unsigned open_depths, deepest;
    struct node **path; /* of the run last taken in: so many nodes */
    unsigned path_length;
    const struct record *run; /* ... and what it has done */
    unsigned analysed;        /* so many of its steps, from the first on, analysis.c knows */
    unsigned crown;           /* its depth; 0: there is none */
    unsigned longest;         /* the most steps of a run */
    bool is_crown;            /* only the crown is explored now, */
    struct item *parts;       /* and these parts were found */
    unsigned part_count, part_room;
    const struct item *part; /* to be explored, and not begun; or NULL */
};

void search_begin(struct search *search, enum reduction reduction, int bound);
void search_end(struct search *search);

/* The next branch; false when there is none before more runs are taken in. */
bool search_next(struct search *search, struct item *item);

/* A search that is to find the parts below a crown of that depth, and nothing else. */
void search_begin_crown(struct search *search, enum reduction reduction, int bound, unsigned depth);

/* When the crown was explored: go on with that part, from 0 on. */
void search_part(struct search *search, unsigned number);

/* How deep is the node where the search goes on when all below what is next is done? */
unsigned search_returns(struct search *search);

/* How to get there. */
void search_plan(const struct search *search, const struct item *item, struct plan *plan);

/* The run of an item has ended: learn from it. False when it has not done what
 * the runs before it did on the same way. */
bool search_take(struct search *search, const struct item *item, const struct record *run);

/*
 * The part of the search that is done, from 0 to 1, as far as can be known: each
 * branch of a node is taken to be as large as the others (Knuth, "Estimating the
 * efficiency of backtrack programs", Mathematics of Computation 29, 1975; for what
 * a search has passed: Kilby, Slaney, Thiebaux, Walsh, "Estimating Search Tree
 * Size", AAAI 2006).
 */
double search_done(const struct search *search);

/* For analysis.c: some thread of `threads`, `best` if that is one of them, has
 * to be begun in path[step]. */
void search_want(struct search *search, unsigned step, thread_set threads, unsigned best);

#endif
