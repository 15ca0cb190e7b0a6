#define _GNU_SOURCE
#include "explore/search/slot.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/run/hang.h"
#include "explore/run/scheduler.h"
#include "explore/search/patience.h"
#include "explore/search/watch.h"
#include "explore/world/crew.h"
#include "explore/world/memory.h"
#include "explore/world/worlds.h"

/* The n-th of the processors that we may use: a run's threads take turns, so
 * they are fastest together on one. */
static size_t cpu_for(unsigned number)
{
    cpu_set_t allowed;
    size_t cpu = 0;
    int count;

    if (sched_getaffinity(0, sizeof allowed, &allowed) != 0)
        return CPU_SETSIZE;
    count = CPU_COUNT(&allowed);
    for (unsigned left = count > 0 ? number % (unsigned)count : 0;; cpu++)
        if (CPU_ISSET(cpu, &allowed) && left-- == 0)
            return cpu;
}

bool slot_open(struct slot *slot, unsigned number)
{
    *slot = (struct slot){.cpu = cpu_for(number)};
    slot->record = mmap(NULL, sizeof *slot->record, PROT_READ | PROT_WRITE,
                        MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    slot->out = memfd_create("stdout", MFD_CLOEXEC);
    slot->err = memfd_create("stderr", MFD_CLOEXEC);
    return slot->record != MAP_FAILED && slot->out >= 0 && slot->err >= 0;
}

static void clear(struct slot *slot)
{
    struct record *run = slot->record;

    run->ending = ENDING_UNKNOWN;
    run->status = 0;
    run->fault[0] = '\0';
    run->fault_place = run->since = 0;
    run->was[0] = '\0';
    run->stack_size = 0;
    memset(run->tids, 0, sizeof run->tids);
    run->event_count = run->thread_count = run->race_count = run->site_count = 0;
    run->begun_at = 0;
    run->doubt_count = 0;
    run->is_weak = run->waits = run->fills = run->asks_clocks = run->uses_trylock = false;
    if (run->sprouts != NULL)
        run->sprouts->used = 0;
    memset(run->leftovers, 0, sizeof run->leftovers);
    memset(run->names, 0, sizeof run->names);
    memset(run->routines, 0, sizeof run->routines);
}

static int stream_of(const struct slot *slot, int number)
{
    return number == 0 ? slot->out : slot->err;
}

/* A run in this process writes over what was there, and its end is where it has come
 * to; one in another may do with its streams what it likes. */
static void clear_streams(struct slot *slot, bool all)
{
    for (int i = 0; i < 2; i++) {
        if ((all || slot->record->ends[i] > 0) && lseek(stream_of(slot, i), 0, SEEK_SET) != 0)
            abort();
        if (all && ftruncate(stream_of(slot, i), 0) != 0)
            abort();
        slot->record->ends[i] = 0;
    }
}

/* The run's process, before the program begins. */
static void settle(const struct slot *slot)
{
    int nothing = open("/dev/null", O_RDONLY);
    cpu_set_t cpu;

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    patience_is_none();
    if (slot->cpu < CPU_SETSIZE) {
        CPU_ZERO(&cpu);
        CPU_SET(slot->cpu, &cpu);
        sched_setaffinity(0, sizeof cpu, &cpu);
    }
    dup2(nothing, STDIN_FILENO);
    close(nothing);
    dup2(slot->out, STDOUT_FILENO);
    dup2(slot->err, STDERR_FILENO);
    record = slot->record;
    hang_begin();
}

static bool run_in_process(struct slot *slot)
{
    worlds_settle();
    slot->steps = 0;
    clear(slot);
    clear_streams(slot, true);
    slot->forked++;
    slot->pid = real.fork();
    if (slot->pid != 0)
        return false;
    settle(slot);
    if (worlds_is_search())
        worlds_become_run(slot->record);
    return true;
}

/* A parted process ------------------------------------------------------------------ */

/* After so many runs in a row that were not to be had here, no more are tried. */
enum { UNFIT_MOST = 20 };

KEPT static unsigned unfit;
KEPT static int streams[3]; /* the process's own */

bool slot_take_streams(struct slot *slot)
{
    int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);

    for (int i = 0; i < 3; i++)
        streams[i] = fcntl(i, F_DUPFD_CLOEXEC, 3);
    return nothing >= 0 && dup2(nothing, STDIN_FILENO) >= 0 && close(nothing) == 0 &&
           dup2(slot->out, STDOUT_FILENO) >= 0 && dup2(slot->err, STDERR_FILENO) >= 0;
}

void slot_give_streams(void)
{
    for (int i = 0; i < 3; i++) {
        if (streams[i] >= 0)
            dup2(streams[i], i);
        else
            close(i);
    }
}

/* So many of the last run's steps are the plan's as well; but the last one is to be
 * taken. */
static unsigned steps_in_common(const struct slot *slot)
{
    const struct record *run = slot->record;
    const struct plan *plan = &run->plan;
    unsigned steps = 0;

    if (plan->memory != MEMORY_STEPS)
        return plan->follows;
    while (steps + 1 < plan->choice_count && steps < slot->steps &&
           run->events[steps].thread == plan->choices[steps].thread &&
           run->events[steps].alternative == plan->choices[steps].alternative)
        steps++;
    return steps;
}

/* Where the last run can be followed for a while, it is not run again: what it was told
 * besides its choices was the same. */
static enum worlds_parting begin_here(struct slot *slot)
{
    bool follows = slot->record->plan.marks > 0 && slot->sites == slot->record->plan.site_count &&
                   !slot->prints_unnoticed;
    unsigned steps = follows ? steps_in_common(slot) : 0;

    clear(slot);
    slot->sites = slot->record->plan.site_count;
    slot->record->begun_at = worlds_marked(steps);
    if (slot->record->begun_at > 0)
        return worlds_go_on();
    clear_streams(slot, false);
    return worlds_run(slot->record);
}

/* It may need a thread that is not there yet. */
static enum worlds_parting run_here(struct slot *slot)
{
    enum worlds_parting parting;

    while ((parting = begin_here(slot)) == WORLDS_CREW && crew_size() < THREADS_MOST &&
           worlds_hire(crew_size() < 4 ? 4 : 2 * crew_size()))
        clear_streams(slot, true);
    slot->steps = slot->record->event_count;
    me = NULL; /* the run's */
    return parting;
}

bool slot_run(struct slot *slot)
{
    slot->pid = 0;
    if (!worlds_is_search() || unfit == UNFIT_MOST)
        return run_in_process(slot);
    if (run_here(slot) == WORLDS_ENDED) {
        unfit = 0;
        return false;
    }
    unfit++;
    return run_in_process(slot);
}

/* Its end --------------------------------------------------------------------------- */

static size_t read_stream(struct slot *slot, int number)
{
    int fd = stream_of(slot, number);
    off_t end = lseek(fd, 0, slot->pid == 0 ? SEEK_CUR : SEEK_END);
    size_t size = end > 0 ? (size_t)end : 0;

    if (size >= slot->room[number]) {
        slot->room[number] = 2 * size + 256;
        slot->text[number] = realloc(slot->text[number], slot->room[number]);
        if (slot->text[number] == NULL)
            abort();
    }
    if (size > 0 && pread(fd, slot->text[number], size, 0) != (ssize_t)size)
        abort();
    return size;
}

/* It went without a word: by a signal, or out of a library that we do not see. */
static void note_end(struct record *run, int status)
{
    if (WIFSIGNALED(status)) {
        run->ending = ENDING_SIGNAL;
        run->status = WTERMSIG(status);
    } else {
        run->ending = ENDING_EXIT;
        run->status = WEXITSTATUS(status);
    }
}

/* What was noticed of them is what marks know. */
static void note_ends(struct slot *slot)
{
    uint32_t *ends = slot->record->ends;

    if (slot->pid == 0 && (ends[0] != slot->printed.out_size || ends[1] != slot->printed.err_size))
        slot->prints_unnoticed = true;
    ends[0] = (uint32_t)slot->printed.out_size;
    ends[1] = (uint32_t)slot->printed.err_size;
}

void slot_wait(struct slot *slot)
{
    worlds_settle();
    slot_look(slot);
}

void slot_look(struct slot *slot)
{
    int status = 0;

    if (slot->pid != 0 && !watch_wait(slot, &status)) {
        slot->record->ending = ENDING_REFUSED;
        strcpy(slot->record->fault, "cannot be started: no process, or no memory");
    } else if (slot->record->ending == ENDING_UNKNOWN) {
        note_end(slot->record, status);
    }
    slot->printed.out_size = read_stream(slot, 0);
    slot->printed.err_size = read_stream(slot, 1);
    note_ends(slot);
    slot->printed.out = slot->text[0];
    slot->printed.err = slot->text[1];
}

void slot_stop(struct slot *slot)
{
    int status;

    if (slot->pid > 0) {
        real.syscall(SYS_kill, slot->pid, SIGKILL);
        real.waitpid(slot->pid, &status, 0);
    }
}
