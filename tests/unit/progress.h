/*
 * A test that hangs is to fail, not to wait for ever; one on a busy machine is to go
 * on, however long that takes. So nobody counts seconds of a clock here, but of the
 * processor: who waits for ever uses none, and who turns for ever too many.
 */
#ifndef HEDDLE_TESTS_PROGRESS_H
#define HEDDLE_TESTS_PROGRESS_H

#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { PROGRESS_LOOK_S = 20, PROGRESS_LOOKS = 9 };

struct progress {
    double most, seen; /* seconds of processor time: that it may use, and has used */
    unsigned still;    /* looks since it used some */
};

/* Why a process that has used so much by now is to be ended; NULL: it moves. */
static inline const char *progress_look(struct progress *progress, double used)
{
    bool moved = used - progress->seen > 0.005; /* more than a look itself takes */

    progress->still = moved ? 0 : progress->still + 1;
    progress->seen = used;
    if (used > progress->most)
        return "it has used more processor time than a test that ends";
    return progress->still >= PROGRESS_LOOKS ? "it has not moved for minutes" : NULL;
}

static inline void *progress_watch(void *arg)
{
    const char *why = NULL;
    struct timespec used;

    while (why == NULL) {
        sleep(PROGRESS_LOOK_S);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
        why = progress_look(arg, (double)used.tv_sec + (double)used.tv_nsec / 1e9);
    }
    fprintf(stderr, "this test hangs: %s\n", why);
    abort();
}

/* Watch this process from now on, by a thread that takes no signals. (By its name
 * tests/checks/valgrind.supp knows what that thread leaves behind.) */
__attribute__((noinline, unused)) static void progress_begin(double most)
{
    static struct progress progress;
    sigset_t all, old;
    pthread_t thread;

    progress.most = most;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &old);
    if (pthread_create(&thread, NULL, progress_watch, &progress) == 0)
        pthread_detach(thread);
    pthread_sigmask(SIG_SETMASK, &old, NULL);
}

#endif
