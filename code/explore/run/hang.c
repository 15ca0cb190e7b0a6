/*
 * The unwinder of the C library is no help: it calls functions that a program
 * may have of its own, like dl_iterate_phdr, and libc's own code keeps no frame
 * pointers. So the stack is searched for what a call leaves there.
 */
#define _GNU_SOURCE
#include "explore/run/hang.h"

#include <dlfcn.h>
#include <signal.h>
#include <ucontext.h>

#include "explore/base/real.h"
#include "explore/run/scheduler.h"

/* Is the instruction before that address a call? */
static bool is_behind_call(uintptr_t at)
{
    const unsigned char *code = (const unsigned char *)at;

#ifdef __x86_64__
    return code[-5] == 0xe8 || (code[-6] == 0xff && code[-5] == 0x15) ||
           (code[-2] == 0xff && (code[-1] & 0xf8) == 0xd0) ||
           (code[-3] == 0xff && (code[-2] & 0xf8) == 0x50);
#else
    return (code[-1] & 0xfc) == 0x94 || code[-1] == 0xd6; /* AArch64: bl, blr */
#endif
}

static void keep(uintptr_t place)
{
    if (record->stack_size < FRAMES_KNOWN)
        record->stack[record->stack_size++] = place;
}

/* A word that looks like it may also be left from an earlier call: then the
 * report names a neighbour, no verdict depends on it. */
static void search_stack(const uintptr_t *from, const uintptr_t *end)
{
    Dl_info info;

    for (; from < end && record->stack_size < FRAMES_KNOWN; from++)
        if (dladdr((const void *)*from, &info) != 0 && *from - (uintptr_t)info.dli_fbase > 8 &&
            is_behind_call(*from))
            keep(*from);
}

/* It is over whatever was interrupted, so no more care than that is needed. */
static void say_where(int signal_number, siginfo_t *info, void *context)
{
    const mcontext_t *machine = &((const ucontext_t *)context)->uc_mcontext;

    (void)signal_number;
    (void)info;
    record->stack_size = 0;
    if (me != NULL) {
        me->inside++;
#ifdef __x86_64__
        keep((uintptr_t)machine->gregs[REG_RIP] + 1);
        search_stack((const uintptr_t *)machine->gregs[REG_RSP], me->stack);
#else
        keep((uintptr_t)machine->pc + 1);
        search_stack((const uintptr_t *)machine->sp, me->stack);
#endif
    }
    real.exit_now(1);
}

void hang_begin(void)
{
    struct sigaction action = {.sa_sigaction = say_where, .sa_flags = SA_SIGINFO};

    sigemptyset(&action.sa_mask);
    real.sigaction(SIGNAL_WHERE, &action, NULL);
}
