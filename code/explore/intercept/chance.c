/*
 * Chance: what is different in every run, and no schedule's doing. Where a
 * number of ours does as well, the program gets that; random numbers and the
 * state of the machine are refused by name: no list of outcomes is complete
 * that depends on them.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/calls.h"
#include "explore/intercept/chance.h"
#include "explore/intercept/given.h"
#include "explore/intercept/standard.h"
#include "explore/intercept/front_macro.h"
#include "explore/run/scheduler.h"

enum { PROCESS = 1000 }; /* its number; its threads have those behind it, elsewhere before it */

#define REFUSE(type, name, parameters) \
    type name parameters \
    { \
        run_refuse(HERE, "calls %s", #name); \
    }

#pragma GCC diagnostic ignored "-Wunused-parameter"

REFUSE(int, getloadavg, (double *loads, int count))
REFUSE(int, sysinfo, (struct sysinfo * info))

FRONT(long, sysconf, (int name))
{
    if (name == _SC_AVPHYS_PAGES && me != NULL && me->inside == 0)
        run_refuse(HERE, "calls sysconf(_SC_AVPHYS_PAGES)");
    return sysconf(name);
}

/* Numbers of processes and threads --------------------------------------------- */

pid_t process_number(void)
{
    if ((record->plan.others & OTHER_NUMBERS) == 0)
        return PROCESS;
    return (record->plan.others & OTHER_WAY) != 0 ? PROCESS + 2521 : 3 * PROCESS + 1;
}

pid_t getpid(void)
{
    return me != NULL && me->inside == 0 ? process_number() : (pid_t)real.syscall(SYS_getpid);
}

pid_t getppid(void)
{
    return me != NULL && me->inside == 0 ? process_number() / 2 : (pid_t)real.syscall(SYS_getppid);
}

pid_t gettid(void)
{
    pid_t id = me != NULL ? (pid_t)me->id : 0;

    if (me == NULL || me->inside > 0)
        return (pid_t)real.syscall(SYS_gettid);
    return process_number() + ((record->plan.others & OTHER_NUMBERS) != 0 ? -id : id);
}

/* Files of chance --------------------------------------------------------------- */

/* Others are dice, terminals, or once more what is a standard stream. */
static bool is_quiet_device(const char *path)
{
    return strcmp(path, "/dev/null") == 0 || strcmp(path, "/dev/zero") == 0 ||
           strcmp(path, "/dev/full") == 0;
}

void chance_check(const char *path, uintptr_t place)
{
    if (me == NULL || me->inside > 0)
        return;
    if (strncmp(path, "/dev/", 5) == 0 && !is_quiet_device(path))
        run_refuse(place, "opens %s", path);
    if (strncmp(path, "/proc/", 6) == 0)
        run_refuse(place, "opens a file below /proc");
}

static int open_at(int folder, const char *path, int flags, va_list args)
{
    mode_t mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(args, mode_t) : 0;

    return (int)real.syscall(SYS_openat, folder, path, flags, mode);
}

#define OPEN(name, folder, parameters) \
    int name parameters \
    { \
        char copy[PATH_MAX + 1]; /* what is too long, still is */ \
        va_list args; \
        int fd; \
\
        given_text(copy, sizeof copy, path, HERE); \
        cancellation_point(HERE); \
        chance_check(copy, HERE); \
        files_open(HERE); \
        va_start(args, flags); \
        fd = open_at(folder, copy, flags, args); \
        va_end(args); \
        return fd; \
    }

OPEN(open, AT_FDCWD, (const char *path, int flags, ...))
OPEN(open64, AT_FDCWD, (const char *path, int flags, ...))
OPEN(openat, folder, (int folder, const char *path, int flags, ...))
OPEN(openat64, folder, (int folder, const char *path, int flags, ...))
