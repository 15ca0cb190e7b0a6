/*
 * Threads to be borrowed by runs. Each is a thread of the C library's, with all
 * that belongs to one, made once; but the kernel's thread that came with it
 * sleeps for ever, and whoever explores goes on in its place, on its stack. So
 * no two ever run at the same time, and nothing has to be started or woken.
 */
#ifndef EXPLORE_WORLD_CREW_H
#define EXPLORE_WORLD_CREW_H

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

/* How many there are; number 0 is the main thread. */
unsigned crew_size(void);

/* Make more, until there are so many. To be called in a run's memory, when no run
 * is going on; what they have written then belongs to how runs begin. False: the
 * system does not let us. */
bool crew_grow(unsigned size);

/* A run begins: nobody has been borrowed. */
void crew_begin(void);

/* Where each is to go on, in so much room; and as it was then. */
size_t crew_state_size(void);
void crew_keep(void *room);
void crew_return(const void *room);

/* Thread `number` shall call routine(argument), which does not return, when it is
 * switched to first. Its stack goes down to *floor. */
pthread_t crew_borrow(unsigned number, void *(*routine)(void *), void *argument,
                      const void **floor);

/* Thread `from`, which runs, lets `to` go on. */
void crew_switch(unsigned from, unsigned to);

#endif
