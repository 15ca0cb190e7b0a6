/*
 * What atomic accesses tell each other: whoever reads with acquire what a release
 * wrote learns what its writer knew (C17, 5.1.2.4 and 7.17.3). Of the running
 * thread's step, while it is taken; orders are numbers, as compilers pass them.
 */
#ifndef EXPLORE_INTERCEPT_MESSAGE_H
#define EXPLORE_INTERCEPT_MESSAGE_H

#include <stdbool.h>

struct thread;

/* Behind a release fence, whatever the thread stores is a message. */
bool message_fenced(const struct thread *thread);

/* It wrote there; an update carries on what it read. */
void message_send(const volatile void *at, int order, bool update);

/* It read there. */
void message_receive(const volatile void *at, int order);

/* The step just taken is a store with release there, though no atomic's: whoever
 * reads it with acquire learns what the running thread knew. */
void message_publish(const volatile void *at);

/* Before runs: say which memory is theirs (world/worlds.h). */
void message_memory(void);

#endif
