/*
 * One process that is now the search, and now a run of the program.
 *
 * The process is parted at a place in the program's life, before its main. The
 * search goes on from there on a stack of its own, with memory of its own; and
 * as often as it likes it begins a run, which comes back to that place with the
 * memory that was there then (pages.h), runs the program with borrowed threads
 * (crew.h), and is left where it stands when it is over. What cannot be had so
 * leaves the run as unfit: then it is to be run in a process of its own.
 *
 * Only x86-64 has this; elsewhere, worlds_open() says no.
 *
 * The room world: one process that is the search, and every run in turn.
 */
#ifndef EXPLORE_WORLD_WORLDS_H
#define EXPLORE_WORLD_WORLDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How a run was left. */
enum worlds_parting {
    WORLDS_ENDED, /* it was over */
    WORLDS_MARK,  /* it goes on at once */
    WORLDS_CREW,  /* it needs more threads than there are */
    WORLDS_UNFIT  /* it crashed, hangs, or wants of the kernel what is not put back */
};

/* Can this process be parted? To be asked once, before. */
bool worlds_open(void);

/* Part it. search() is called, on a stack of its own, and does not return; this
 * function does, in each run, with what the run was begun with. */
void *worlds_part(void (*search)(void));

/* Before: this memory is used by runs only, and the search loses nothing with it. */
void worlds_add(void *memory, size_t size);

/*
 * The search: begin a run, and wait until it is left. The search then has only what is
 * KEPT, and what it has allocated: all other variables, those of the C library as well,
 * are the run's still. That does to look at the run and to begin the next one; whoever
 * does more asks for the rest first.
 */
enum worlds_parting worlds_run(void *argument);

void worlds_settle(void);

/* ... is there a moment of the last run to begin from, after at most so many steps? How
 * many it has; 0: none. Later ones are forgotten. */
unsigned worlds_marked(unsigned steps);

/* ... begin the next run from that moment. */
enum worlds_parting worlds_go_on(void);

/* ... so many steps of a run cost about as much as such a moment. */
unsigned worlds_distance(void);

/* A run: later ones may begin here, after `steps` steps. True in those. */
bool worlds_mark(unsigned steps);

/* The search: begin a run in a process just forked, which is that run until it ends. */
_Noreturn void worlds_become_run(void *argument);

/* ... have threads for runs, so many with the main one. False: the system does not
 * let us. */
bool worlds_hire(unsigned threads);

/* ... in a process just forked, which goes on as another search. */
void worlds_forked(void);

/* ... there will be no more runs. */
void worlds_close(void);

/* Is this the search, in a process that was parted? A run that is left, not ended? */
bool worlds_is_search(void);
bool worlds_is_run(void);

/* Leave the run, from whatever thread. */
_Noreturn void worlds_leave(enum worlds_parting parting);

#endif
