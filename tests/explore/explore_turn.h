/*
 * One thread's next step, while the oracle makes it (explore_state.h). The files
 * explore_words.c, explore_locks.c, explore_calls.c and explore_compound.c have a function for each
 * word, which visits each state that it leads to and is false where there is none.
 */
#ifndef HEDDLE_TESTS_EXPLORE_TURN_H
#define HEDDLE_TESTS_EXPLORE_TURN_H

#include "explore_state.h"

/* Mutexes: which is of what kind. Those from RECURSIVE on tell what became of
 * a call, by these numbers. */
enum { RECURSIVE = 2, ERRORCHECK, ROBUST, C_TIMED, C_RECURSIVE, SPIN };
enum { DONE, BUSY, DEADLOCK, NOT_MINE, OWNER_DEAD, NOT_RECOVERABLE, INVALID };

/* A step under way: `next` is the state that it makes. */
struct turn {
    struct model *model;
    const struct state *state;
    struct state next;
    struct thread_state *self; /* in next */
    size_t thread;
    int i;
    char verb;
};

uint8_t turn_number(const struct turn *turn);

/* The number in a word, or 0. */
int turn_thing(const char *word);

/* What its word writes: it differs by thread and place. */
int8_t turn_written(const struct turn *turn);

void turn_sees(struct turn *turn, int value);

/* The step is over. */
bool turn_goes_on(struct turn *turn);
bool turn_goes_to(struct turn *turn, enum phase phase);
bool turn_dies(struct turn *turn);

/* ... and its word. */
bool turn_ends(struct turn *turn);
bool turn_ends_seeing(struct turn *turn, int value);

/* What was tried and not taken is not used: the words up to the next unlock are left out. */
bool turn_ends_trying(struct turn *turn, int result);

/* It waits no longer at its futex, and goes on behind its word. */
void turn_leave_futex(struct state *next, size_t thread, struct model *model);

typedef bool step_function(struct turn *turn);

/* explore_words.c */
step_function reads, writes, increments, has_read, loads, stores, updates, compares,
    looks_at_atomic, spins, posts, waits_for_semaphore, tries_semaphore, counts, arrives, leaves,
    calls_once, once_adds, once_writes, once_ends, sends, receives, polls, keeps, waits_at_futex,
    wakes_at_futex, cancels, prints, exits, sleeps;

/* explore_locks.c */
step_function locks, tries, locks_in_time, unlocks, mends, abandons, looks_with_lock, has_locked,
    has_looked, waits, relocks, signals, broadcasts, waits_on, is_dying, unlocks_dying, locks_read,
    locks_write, tries_read, tries_write, writes_in_time, has_asked, unlocks_rw;

/* explore_calls.c */
step_function counts_event, takes_events, looks_at_event, signals_thread, signals_process,
    waits_for_signal, waits_for_signal_in_time, tells_pending, joins, ends_thread, shields, closes,
    reads_bits, begins_bits, writes_bits, updates_width, clears_flag, swaps_box, frees_block,
    looks_into_box, reads_block;

/* explore_compound.c */
step_function waits_for_bytes, uses_pair, has_copied, raises, in_handler, has_added, makes_thread;

#endif
