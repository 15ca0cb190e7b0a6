#include "heddle/system/interrupt.h"

#include <time.h>

enum { PAUSE_NS = 20 * 1000 * 1000 };

/* It is not cancelled but told by a signal: sanitizers take a cancelled thread's
 * stack for a broken one. */
static void *watch(void *argument)
{
    struct interrupt *interrupt = argument;
    const struct timespec pause = {0, PAUSE_NS};
    int signal;

    if (sigwait(&interrupt->waited, &signal) != 0)
        return NULL;
    while (!atomic_load(&interrupt->over)) {
        interrupt->caught = signal;
        interrupt->tidy(interrupt->context);
        nanosleep(&pause, NULL);
    }
    return NULL;
}

/* Under nohup SIGHUP is ignored, and so it stays. */
static void add_unless_ignored(sigset_t *set, int signal)
{
    struct sigaction action;

    if (sigaction(signal, NULL, &action) == 0 && action.sa_handler != SIG_IGN)
        sigaddset(set, signal);
}

void interrupt_begin(struct interrupt *interrupt, void (*tidy)(void *context), void *context)
{
    *interrupt = (struct interrupt){.tidy = tidy, .context = context};
    sigemptyset(&interrupt->waited);
    sigaddset(&interrupt->waited, SIGUSR2);
    add_unless_ignored(&interrupt->waited, SIGINT);
    add_unless_ignored(&interrupt->waited, SIGTERM);
    add_unless_ignored(&interrupt->waited, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &interrupt->waited, &interrupt->old_mask);
    interrupt->watching = pthread_create(&interrupt->thread, NULL, watch, interrupt) == 0;
    if (!interrupt->watching)
        pthread_sigmask(SIG_SETMASK, &interrupt->old_mask, NULL);
}

void interrupt_unwatch(struct interrupt *interrupt)
{
    if (!interrupt->watching)
        return;
    atomic_store(&interrupt->over, true);
    pthread_kill(interrupt->thread, SIGUSR2);
    pthread_join(interrupt->thread, NULL);
}

void interrupt_end(struct interrupt *interrupt)
{
    if (!interrupt->watching)
        return;
    if (interrupt->caught != 0)
        raise(interrupt->caught);
    pthread_sigmask(SIG_SETMASK, &interrupt->old_mask, NULL);
}
