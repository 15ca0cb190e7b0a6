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
    run->doubt_count = 0;
    run->is_weak = run->waits = run->fills = run->uses_trylock = false;
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
    for (int i = 0; i < 2; i++)
        if ((lseek(stream_of(slot, i), 0, SEEK_CUR) > 0 &&
             lseek(stream_of(slot, i), 0, SEEK_SET) != 0) ||
            (all && ftruncate(stream_of(slot, i), 0) != 0))
            abort();
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

static unsigned unfit;
static int streams[3]; /* the process's own */

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

/* It may need a thread that is not there yet. */
static enum worlds_parting run_here(struct slot *slot)
{
    enum worlds_parting parting;

    do {
        clear(slot);
        clear_streams(slot, false);
        parting = worlds_run(slot->record);
    } while (parting == WORLDS_CREW && crew_size() < THREADS_MOST &&
             worlds_hire(crew_size() < 4 ? 4 : 2 * crew_size()));
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

void slot_wait(struct slot *slot)
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
