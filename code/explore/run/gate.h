/*
 * The gate at which a thread of a run stands until it is let. Where the run has no
 * process of its own, its threads are members of a crew instead (world/crew.h).
 */
#ifndef EXPLORE_RUN_GATE_H
#define EXPLORE_RUN_GATE_H

struct thread;

/* Wait until it is open; it is closed again behind the thread. */
void gate_pass(struct thread *thread);

/* The running thread lets another go on, and goes on when it is let. */
void gate_hand_over(struct thread *self, struct thread *next);

#endif
