#define _GNU_SOURCE
#include "explore/world/worlds.h"

#include <limits.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/world/crew.h"
#include "explore/world/guard.h"
#include "explore/world/marks.h"
#include "explore/world/memory.h"
#include "explore/world/pages.h"
#include "explore/world/stack.h"

enum { SEARCH_STACK = 8 << 20, SIGNAL_STACK = 1 << 16, THREAD_SIZE = 4096, LOOKS = 3 };

enum world { WORLD_WHOLE, WORLD_SEARCH, WORLD_RUN };

KEPT static enum world world;
KEPT static struct place_to_go beginning, search_place;
KEPT static void (*search_function)(void);
KEPT static void *search_stack, *signal_stack, *run_argument;
KEPT static enum worlds_parting parting;
KEPT static struct place_to_go mark_place;
KEPT static unsigned mark_steps;
KEPT static bool has_returned;      /* this is not the run that was marked */
KEPT static uintptr_t break_before; /* the end of the data segment (brk(2)) */
KEPT static unsigned long runs, seen_runs;
KEPT static unsigned looks;
KEPT static bool away;   /* the search has not got its memory back */
KEPT static bool unable; /* parted, but memory cannot be put back */

bool worlds_is_search(void)
{
    return world == WORLD_SEARCH;
}

bool worlds_is_run(void)
{
    return world == WORLD_RUN;
}

/* Signals ------------------------------------------------------------------------- */

static void default_action(int signal_number)
{
    struct sigaction action = {.sa_handler = SIG_DFL};

    sigemptyset(&action.sa_mask);
    real.sigaction(signal_number, &action, NULL);
}

/* A page that was not written before; or the program's own fault. */
static void after_fault(int signal_number, siginfo_t *info, void *context)
{
    (void)context;
    if (signal_number == SIGSEGV && info->si_code == SEGV_ACCERR &&
        pages_open((uintptr_t)info->si_addr))
        return;
    if (world == WORLD_RUN)
        worlds_leave(WORLDS_UNFIT);
    default_action(signal_number);
}

/* A run that is on its way for so long waits, or turns in a loop, where no step can be
 * seen; or the machine is slow, and then no harm is done. */
static void after_while(int signal_number, siginfo_t *info, void *context)
{
    (void)signal_number, (void)info, (void)context;
    looks = runs == seen_runs ? looks + 1 : 0;
    seen_runs = runs;
    if (world == WORLD_RUN && looks >= LOOKS)
        worlds_leave(WORLDS_UNFIT);
}

static void handle(int signal_number, void (*handler)(int, siginfo_t *, void *))
{
    struct sigaction action = {
        .sa_sigaction = handler,
        .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART,
    };

    sigemptyset(&action.sa_mask);
    real.sigaction(signal_number, &action, NULL);
}

static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};

static void set_timer(time_t seconds)
{
    struct itimerval timer = {{seconds, 0}, {seconds, 0}};

    setitimer(ITIMER_REAL, &timer, NULL);
}

static void handle_all(void)
{
    stack_t stack = {.ss_sp = signal_stack, .ss_size = SIGNAL_STACK};

    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        handle(faults[i], after_fault);
    handle(SIGALRM, after_while);
    set_timer(1);
}

static void handle_no_more(void)
{
    stack_t stack = {.ss_flags = SS_DISABLE};

    set_timer(0);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        default_action(faults[i]);
    default_action(SIGALRM);
    sigaltstack(&stack, NULL);
}

/* Parting --------------------------------------------------------------------------- */

/* What the C library's malloc(3) gives to ours within runs comes from what is put back,
 * whatever thread asks, and from nowhere else; nor does it give any of that up. */
static void keep_in_data_segment(void)
{
    mallopt(M_ARENA_MAX, 1);
    mallopt(M_MMAP_MAX, 0);
    mallopt(M_TRIM_THRESHOLD, INT_MAX);
}

bool worlds_open(void)
{
    if (!stack_can_switch() || !memory_begin())
        return false;
    keep_in_data_segment();
    search_stack = memory_reserve(SEARCH_STACK);
    signal_stack = memory_reserve(SIGNAL_STACK);
    return search_stack != NULL && signal_stack != NULL;
}

/* Nobody's memory but the search's is written from here on without being noticed.
 * The C library's idea of its running thread is written by the kernel as well. */
static void search_begin(void)
{
    uintptr_t thread = (uintptr_t)stack_thread();

    guard_begin();
    break_before = (uintptr_t)sbrk(0);
    world = WORLD_SEARCH;
    handle_all();
    pages_spare(stack_kernel_begin((const void *)thread), thread + THREAD_SIZE);
    unable = !pages_begin(beginning.stack) || unable;
    search_function();
    __builtin_unreachable();
}

void *worlds_part(void (*search)(void))
{
    struct place_to_go to = stack_new(search_stack, SEARCH_STACK, search_begin, stack_thread());

    search_function = search;
    stack_switch(&beginning, &to);
    return run_argument;
}

void worlds_add(void *memory, size_t size)
{
    if (!pages_add((uintptr_t)memory, (uintptr_t)memory + size, PAGES_OF_RUNS))
        unable = true;
}

/* Runs -------------------------------------------------------------------------------- */

static void switch_to_run(const struct place_to_go *place)
{
    world = WORLD_RUN;
    stack_switch(&search_place, place);
    world = WORLD_SEARCH;
}

/* The search's stack holds nothing of a run's, so it may put the rest back. */
static enum worlds_parting run_from(const struct place_to_go *place)
{
    bool grown;

    runs++;
    looks = 0;
    has_returned = true;
    switch_to_run(place);
    while (parting == WORLDS_MARK) {
        marks_add(mark_steps, mark_place);
        has_returned = false;
        switch_to_run(&mark_place);
    }
    grown = (uintptr_t)sbrk(0) != break_before;
    away = true;
    guard_lift();
    if (grown) {
        worlds_settle();
        brk((void *)break_before);
    }
    return parting;
}

void worlds_settle(void)
{
    if (away)
        pages_to_search();
    away = false;
}

enum worlds_parting worlds_run(void *argument)
{
    if (unable)
        return WORLDS_UNFIT;
    marks_forget_beyond(0);
    run_argument = argument;
    pages_to_run(away);
    guard_set();
    crew_begin();
    return run_from(&beginning);
}

unsigned worlds_marked(unsigned steps)
{
    return marks_forget_beyond(steps);
}

enum worlds_parting worlds_go_on(void)
{
    return run_from(marks_return(away));
}

/* What the data segment has grown by goes at the run's end (brk(2)). */
bool worlds_mark(unsigned steps)
{
    if ((uintptr_t)sbrk(0) != break_before)
        return false;
    mark_steps = steps;
    parting = WORLDS_MARK;
    stack_switch(&mark_place, &search_place);
    return has_returned;
}

unsigned worlds_distance(void)
{
    return marks_distance();
}

void worlds_leave(enum worlds_parting how)
{
    struct place_to_go nowhere;

    parting = how;
    stack_switch(&nowhere, &search_place);
    __builtin_unreachable();
}

void worlds_become_run(void *argument)
{
    struct place_to_go nowhere;

    run_argument = argument;
    pages_to_run(away);
    handle_no_more();
    pages_release();
    world = WORLD_WHOLE;
    stack_switch(&nowhere, &beginning);
    __builtin_unreachable();
}

bool worlds_hire(unsigned threads)
{
    bool good;

    marks_forget_beyond(0);
    worlds_settle();
    pages_to_run(false);
    world = WORLD_WHOLE;
    good = crew_grow(threads);
    break_before = (uintptr_t)sbrk(0);
    pages_are_new();
    world = WORLD_SEARCH;
    pages_to_search();
    return good;
}

/* It has no timer of its parent's. */
void worlds_forked(void)
{
    if (world == WORLD_SEARCH)
        set_timer(1);
    marks_forget_beyond(0);
}

void worlds_close(void)
{
    set_timer(0);
    default_action(SIGALRM);
}
