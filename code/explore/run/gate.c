#define _GNU_SOURCE
#include "explore/run/gate.h"

#include <errno.h>
#include <linux/futex.h>
#include <sys/syscall.h>

#include "explore/base/real.h"
#include "explore/run/scheduler.h"
#include "explore/world/crew.h"
#include "explore/world/worlds.h"

/* syscall(2) sets errno, which is the program's: to EAGAIN where a gate was opened before
 * one waited at it, and that is a matter of luck. */
static void gate_futex(struct thread *thread, int operation, int value)
{
    int err = errno;

    real.syscall(SYS_futex, &thread->gate, operation, value, NULL, NULL, 0);
    errno = err;
}

static void gate_open(struct thread *thread)
{
    __atomic_store_n(&thread->gate, 1, __ATOMIC_RELEASE);
    gate_futex(thread, FUTEX_WAKE_PRIVATE, 1);
}

void gate_pass(struct thread *thread)
{
    while (__atomic_load_n(&thread->gate, __ATOMIC_ACQUIRE) == 0)
        gate_futex(thread, FUTEX_WAIT_PRIVATE, 0);
    __atomic_store_n(&thread->gate, 0, __ATOMIC_RELAXED);
}

void gate_hand_over(struct thread *self, struct thread *next)
{
    if (worlds_is_run()) {
        crew_switch(crew_number(self->id), crew_number(next->id));
    } else {
        gate_open(next);
        gate_pass(self);
    }
}
