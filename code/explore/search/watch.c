#define _GNU_SOURCE
#include "explore/search/watch.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/names/spelled.h"
#include "explore/names/symbols.h"
#include "explore/run/hang.h"

enum {
    LOOK_MS = 100,
    LOOKS_ASLEEP = 3,        /* in a row, before we ask */
    LOOKS_FOR_ANSWER = 20,   /* before we end it */
    SECONDS_OF_COMPUTING = 3 /* of the processor's time */
};

/* What one look at the thread whose turn it is shows. */
struct look {
    uint32_t steps;
    bool asleep;
    unsigned long ticks; /* of computing, of this thread */
};

static pid_t thread_on_turn(const struct slot *slot)
{
    const struct record *run = slot->record;
    unsigned thread = run->event_count > 0 ? run->events[run->event_count - 1].thread : 0;

    return run->tids[thread] != 0 ? run->tids[thread] : slot->pid;
}

/* proc(5): the state is the third field of `stat`; the second is in parentheses and may
 * hold anything. NULL: there is no such thread. */
static char *read_state(const struct slot *slot, pid_t thread, char *text, size_t room)
{
    char path[64], *field;
    ssize_t size;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/task/%d/stat", slot->pid, thread);
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    size = real.read(fd, text, room - 1);
    close(fd);
    text[size > 0 ? size : 0] = '\0';
    field = strrchr(text, ')');
    return field != NULL ? field + 2 : NULL;
}

static bool sleeps(const struct slot *slot, const char *thread)
{
    char text[512];
    const char *state = read_state(slot, (pid_t)strtol(thread, NULL, 10), text, sizeof text);

    return *thread == '.' || state == NULL || *state == 'S';
}

/* All of them: on a busy machine, who has the turn sleeps until the one before it comes
 * to wake it, and a new one is not known to us before it has begun. */
static bool all_sleep(const struct slot *slot)
{
    _Alignas(struct dirent64) char list[8192];
    char path[64];
    bool all = true;
    long size;
    int fd;

    snprintf(path, sizeof path, "/proc/%d/task", slot->pid);
    fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (fd >= 0 && (size = real.syscall(SYS_getdents64, fd, list, sizeof list)) > 0)
        for (long at = 0; at < size;) {
            const struct dirent64 *entry = (const void *)(list + at);

            all = all && sleeps(slot, entry->d_name);
            at += entry->d_reclen;
        }
    if (fd >= 0)
        close(fd);
    return all;
}

/* User and system time are the 14th and the 15th field. */
static bool look(const struct slot *slot, struct look *now)
{
    char text[512], *field, *rest;

    now->steps = slot->record->event_count;
    field = read_state(slot, thread_on_turn(slot), text, sizeof text);
    if (field == NULL)
        return false;
    now->asleep = *field == 'S' && all_sleep(slot);
    for (int i = 3; i < 14 && field != NULL; i++) {
        field = strchr(field, ' ');
        field += field != NULL;
    }
    if (field == NULL)
        return false;
    now->ticks = strtoul(field, &rest, 10);
    now->ticks += strtoul(rest, NULL, 10);
    return true;
}

/* What it is at ---------------------------------------------------------------- */

/* The innermost place of the program itself on the stack; NONE without. */
static int program_frame(const struct record *run)
{
    for (uint32_t i = 0; i < run->stack_size; i++)
        if (symbol_at(run->stack[i] - 1) != NULL && !symbol_is_ours(run->stack[i] - 1))
            return (int)i;
    return -1;
}

static const char *function_name(uintptr_t place)
{
    const struct symbol *symbol = symbol_at(place - 1);
    Dl_info info;

    if (symbol != NULL)
        return name_spelled(symbol->name);
    return dladdr((void *)(place - 1), &info) != 0 && info.dli_sname != NULL ? info.dli_sname
                                                                             : "a library";
}

/* What the program has called there; "" when that is a hook of the compiler's. */
static const char *called(const struct record *run, int frame)
{
    const char *name = frame > 0 ? function_name(run->stack[frame - 1]) : "";

    return strncmp(name, "__tsan_", 7) == 0 || strncmp(name, "explore.", 8) == 0 ? "" : name;
}

static void name_fault(struct record *run, bool waits)
{
    int frame = program_frame(run);
    const char *call = called(run, frame), *in = *call != '\0' ? " in " : "";

    run->ending = ENDING_REFUSED;
    run->fault_place = frame >= 0 ? run->stack[frame] : 0;
    if (waits)
        snprintf(run->fault, sizeof run->fault, "waits%s%.80s, where no step can be seen", in,
                 call);
    else
        snprintf(run->fault, sizeof run->fault, "computes%s%.80s for %d s without a step", in, call,
                 SECONDS_OF_COMPUTING);
}

/* Waiting ------------------------------------------------------------------------ */

/* True when it has to be asked: *waits says why. */
static bool hangs(const struct look *first, const struct look *now, unsigned asleep, bool *waits)
{
    unsigned long second = (unsigned long)sysconf(_SC_CLK_TCK);

    *waits = asleep >= LOOKS_ASLEEP;
    return *waits || now->ticks - first->ticks >= SECONDS_OF_COMPUTING * second;
}

static bool ends_within(int pidfd, int milliseconds)
{
    struct pollfd fd = {.fd = pidfd, .events = POLLIN};

    return real.poll(&fd, 1, milliseconds) > 0;
}

static void ask_where(const struct slot *slot, int pidfd, bool waits)
{
    slot->record->stack_size = 0;
    real.syscall(SYS_tgkill, slot->pid, thread_on_turn(slot), SIGNAL_WHERE);
    if (!ends_within(pidfd, LOOKS_FOR_ANSWER * LOOK_MS))
        real.syscall(SYS_kill, slot->pid, SIGKILL);
    name_fault(slot->record, waits);
}

static void watch(struct slot *slot, int pidfd)
{
    struct look first = {.steps = UINT32_MAX}, last = {0}, now = {0};
    unsigned asleep = 0;
    bool waits;

    while (!ends_within(pidfd, LOOK_MS)) {
        if (!look(slot, &now))
            continue;
        if (now.steps != first.steps)
            first = now;
        asleep = now.asleep && now.ticks == last.ticks && now.steps == last.steps ? asleep + 1 : 0;
        last = now;
        if (hangs(&first, &now, asleep, &waits)) {
            ask_where(slot, pidfd, waits);
            return;
        }
    }
}

bool watch_wait(struct slot *slot, int *status)
{
    int pidfd = slot->pid >= 0 ? (int)real.syscall(SYS_pidfd_open, slot->pid, 0) : -1;

    if (pidfd >= 0) {
        watch(slot, pidfd);
        close(pidfd);
    }
    return slot->pid >= 0 && real.waitpid(slot->pid, status, 0) == slot->pid;
}
