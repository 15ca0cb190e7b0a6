#define _GNU_SOURCE
#include "explore/world/crew.h"

#include <linux/futex.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>

#include "explore/base/real.h"
#include "explore/world/kernel.h"
#include "explore/world/memory.h"
#include "explore/world/pages.h"
#include "explore/world/stack.h"

/* Below each stack is nothing, so that who comes out of it faults, by a large frame as well. */
#define STACKS ((uintptr_t)0x540000000000)

enum { CREW_MOST = 32, STACK_SIZE = 8 << 20, STACK_ROOM = 1 << 30, BED_SIZE = 4096 };

struct member {
    struct place_to_go begins, goes_on;
    struct place_to_go bed; /* where the kernel's thread sleeps */
    pthread_t handle;
    int sleeps;
    void *(*routine)(void *);
    void *argument;
};

KEPT static struct member crew[CREW_MOST];
KEPT static unsigned made = 1, making;

unsigned crew_size(void)
{
    return made;
}

/* Falling asleep ------------------------------------------------------------------- */

/* syscall(2) would set errno, which is no longer this thread's. */
static void futex(int *word, int operation, int value)
{
    kernel_call(SYS_futex, (long)word, operation, value);
}

/* It may wake without cause; but it never leaves this function. */
static void sleep_for_ever(void)
{
    int *sleeps = &crew[making].sleeps;

    __atomic_store_n(sleeps, 1, __ATOMIC_RELEASE);
    futex(sleeps, FUTEX_WAKE_PRIVATE, 1);
    for (;;)
        futex(sleeps, FUTEX_WAIT_PRIVATE, 1);
}

/* The thread that comes back from the switch is another one of the kernel's, and
 * does so once in each run. */
static void *member_begin(void *argument)
{
    struct member *member = argument;

    member->bed.thread = stack_thread();
    stack_switch(&member->begins, &member->bed);
    member->routine(member->argument);
    __builtin_unreachable();
}

/* Making ------------------------------------------------------------------------------ */

static bool start(struct member *member, void *stack)
{
    pthread_attr_t attr;
    int err;

    if (pthread_attr_init(&attr) != 0)
        return false;
    pthread_attr_setstack(&attr, stack, STACK_SIZE);
    err = real.pthread_create(&member->handle, &attr, member_begin, member);
    pthread_attr_destroy(&attr);
    while (err == 0 && __atomic_load_n(&member->sleeps, __ATOMIC_ACQUIRE) == 0)
        futex(&member->sleeps, FUTEX_WAIT_PRIVATE, 0);
    return err == 0;
}

static bool make(unsigned number)
{
    uintptr_t begin = STACKS + (uintptr_t)number * STACK_ROOM, end = begin + STACK_SIZE;
    int flags = MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_STACK | MAP_FIXED_NOREPLACE;
    struct member *member = &crew[number];
    void *bed = memory_reserve(BED_SIZE);

    if (bed == NULL ||
        mmap((void *)begin, STACK_SIZE, PROT_READ | PROT_WRITE, flags, -1, 0) != (void *)begin)
        return false;
    making = number;
    member->bed = stack_new(bed, BED_SIZE, sleep_for_ever, NULL);
    if (!start(member, (void *)begin))
        return false;
    pages_spare(stack_kernel_begin(member->begins.thread), end);
    return pages_add(begin, end, PAGES_OF_STACK);
}

/* Signals are for whoever explores; but a page may have to be opened. */
bool crew_grow(unsigned size)
{
    uint64_t all = ~((uint64_t)1 << (SIGSEGV - 1)), before = 0;
    bool good = size <= CREW_MOST;

    real.syscall(SYS_rt_sigprocmask, SIG_SETMASK, &all, &before, sizeof all);
    pages_share(true);
    for (; good && made < size; made += good)
        good = make(made);
    pages_share(false);
    real.syscall(SYS_rt_sigprocmask, SIG_SETMASK, &before, NULL, sizeof before);
    return good;
}

/* Working ----------------------------------------------------------------------------- */

void crew_begin(void)
{
    for (unsigned i = 1; i < made; i++)
        crew[i].goes_on = crew[i].begins;
}

size_t crew_state_size(void)
{
    return sizeof crew;
}

void crew_keep(void *room)
{
    memcpy(room, crew, made * sizeof *crew);
}

void crew_return(const void *room)
{
    memcpy(crew, room, made * sizeof *crew);
}

pthread_t crew_borrow(unsigned number, void *(*routine)(void *), void *argument, const void **floor)
{
    crew[number].routine = routine;
    crew[number].argument = argument;
    *floor = (const void *)(STACKS + (uintptr_t)number * STACK_ROOM);
    return crew[number].handle;
}

void crew_switch(unsigned from, unsigned to)
{
    stack_switch(&crew[from].goes_on, &crew[to].goes_on);
}
