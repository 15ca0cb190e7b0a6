/*
 * Tidying up before an interrupt (Ctrl-C, SIGTERM, SIGHUP) ends the program.
 */
#ifndef HEDDLE_SYSTEM_INTERRUPT_H
#define HEDDLE_SYSTEM_INTERRUPT_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

struct interrupt {
    sigset_t waited, old_mask;
    void (*tidy)(void *context);
    void *context;
    pthread_t thread;
    bool watching; /* the signals are blocked */
    atomic_bool over;
    int caught; /* written by the thread, read when that has ended */
};

/*
 * From now on an interrupt that is not ignored calls tidy(context), in a
 * thread of its own, again and again until interrupt_unwatch(). SIGUSR2 is an
 * interrupt, too: it also ends the watch. Threads that are made meanwhile must
 * be done by then. One at a time in a process; without
 * a thread to be had, interrupts do what they always do.
 */
void interrupt_begin(struct interrupt *interrupt, void (*tidy)(void *context), void *context);

/* tidy() is not running any more and will not be called again. */
void interrupt_unwatch(struct interrupt *interrupt);

/* Interrupts do again what they did before; one that came ends the program now. */
void interrupt_end(struct interrupt *interrupt);

#endif
