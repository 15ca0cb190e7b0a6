#define _GNU_SOURCE
#include "explore/run/hang.h"

#include <execinfo.h>
#include <signal.h>

#include "explore/base/real.h"
#include "explore/run/scheduler.h"

enum { HANDLER_FRAMES = 2 }; /* this one, and the kernel's */

/* It is over whatever was interrupted, so no more care than that is needed. */
static void say_where(int signal_number)
{
    void *frames[FRAMES_KNOWN + HANDLER_FRAMES];
    int count;

    (void)signal_number;
    if (me != NULL)
        me->inside++;
    count = backtrace(frames, FRAMES_KNOWN + HANDLER_FRAMES) - HANDLER_FRAMES;
    for (int i = 0; i < count; i++)
        record->stack[i] = (uintptr_t)frames[i + HANDLER_FRAMES];
    record->stack_size = count > 0 ? (uint32_t)count : 0;
    real.exit_now(1);
}

void hang_begin(void)
{
    struct sigaction action = {.sa_handler = say_where};

    sigemptyset(&action.sa_mask);
    real.sigaction(SIGNAL_WHERE, &action, NULL);
}

/* The first backtrace(3) loads what it needs: once, not in every run. */
__attribute__((constructor(101))) static void load_what_it_needs(void)
{
    void *frame;

    backtrace(&frame, 1);
}
