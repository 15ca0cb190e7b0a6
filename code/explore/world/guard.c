#include "explore/world/guard.h"

#include <stdlib.h>
#include <string.h>

#include "explore/base/real.h"
#include "explore/world/memory.h"
#include "explore/world/worlds.h"

/* Sorted (LC_ALL=C sort). Of the explorer's own calls, these write to memory only,
 * or to the standard streams, or look where in them we are. Not one that has the
 * kernel write to memory of the program's: it would not fault but fail. */
static const char *const allowed[] = {
    "_ITM_deregisterTMCloneTable",
    "_ITM_registerTMCloneTable",
    "__ctype_b_loc",
    "__cxa_at_quick_exit",
    "__cxa_atexit",
    "__cxa_finalize",
    "__errno_location",
    "__gmon_start__",
    "__isoc99_vsscanf",
    "__libc_calloc",
    "__libc_free",
    "__libc_malloc",
    "__libc_memalign",
    "__libc_realloc",
    "__overflow",
    "__pthread_register_cancel",
    "__pthread_unregister_cancel",
    "__pthread_unwind_next",
    "__sigsetjmp",
    "_setjmp",
    "asprintf",
    "bsearch",
    "clearerr",
    "dladdr",
    "feof",
    "ferror",
    "fflush",
    "fileno",
    "fileno_unlocked",
    "fprintf",
    "fputc",
    "fputs",
    "fputs_unlocked",
    "fputwc_unlocked",
    "fputws_unlocked",
    "fwide",
    "fwrite",
    "fwrite_unlocked",
    "getuid",
    "longjmp",
    "lseek",
    "madvise",
    "memchr",
    "memcmp",
    "memcpy",
    "memset",
    "on_exit",
    "pthread_attr_destroy",
    "pthread_attr_getdetachstate",
    "pthread_attr_getinheritsched",
    "pthread_attr_getschedpolicy",
    "pthread_attr_getsigmask_np",
    "pthread_attr_init",
    "pthread_attr_setdetachstate",
    "pthread_attr_setstack",
    "pthread_condattr_getclock",
    "pthread_equal",
    "pthread_mutexattr_destroy",
    "pthread_mutexattr_init",
    "pthread_mutexattr_setprotocol",
    "pthread_mutexattr_setpshared",
    "pthread_mutexattr_setrobust",
    "pthread_mutexattr_settype",
    "pthread_rwlockattr_destroy",
    "pthread_rwlockattr_getkind_np",
    "pthread_rwlockattr_init",
    "pthread_rwlockattr_setkind_np",
    "pthread_self",
    "qsort",
    "qsort_r",
    "quick_exit",
    "rand",
    "random",
    "sbrk",
    "sched_yield",
    "setbuf",
    "setvbuf",
    "sigabbrev_np",
    "sigaddset",
    "sigemptyset",
    "sigismember",
    "snprintf",
    "srand",
    "srandom",
    "strchr",
    "strcmp",
    "strcpy",
    "strcspn",
    "strdup",
    "strerror",
    "strlen",
    "strncmp",
    "strnlen",
    "strrchr",
    "strspn",
    "strstr",
    "strtod",
    "strtof",
    "strtok",
    "strtol",
    "strtold",
    "strtoul",
    "sysconf",
    "thrd_current",
    "thrd_equal",
    "vasprintf",
    "vfprintf",
    "vfwprintf",
    "vsnprintf",
    "vswprintf",
    "wcslen",
    "wcsnlen",
    "wcstod",
    "wcstof",
    "wcstold",
};

static int compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

bool guard_allows(const char *name)
{
    return bsearch(&name, allowed, sizeof allowed / sizeof *allowed, sizeof *allowed, compare) !=
           NULL;
}

/* Who calls what he must not, comes here. */
static void refuse(void)
{
    worlds_leave(WORLDS_UNFIT);
}

/* The explorer's two ways to the C library (base/real.h, link.sh). */
enum { PLACES_MOST = 256 };

static void *refusing;
KEPT static void **places[PLACES_MOST], *before[PLACES_MOST];
KEPT static size_t place_count;

static void forbid(void *place)
{
    if (place_count == PLACES_MOST)
        abort();
    places[place_count] = place;
    before[place_count++] = *(void **)place;
}

/* What is not here of `real`, works on memory only, prints, or ends the run. */
static void forbid_real(void)
{
    void *const forbidden[] = {
        &real.pthread_create, &real.read,     &real.pipe2,     &real.socketpair,    &real.eventfd,
        &real.epoll_create1,  &real.close,    &real.dup,       &real.dup3,          &real.fcntl,
        &real.poll,           &real.fdopen,   &real.syscall,   &real.fork,          &real.waitpid,
        &real.execvp,         &real.exit_now, &real.sigaction, &real.clock_gettime,
    };

    for (size_t i = 0; i < sizeof forbidden / sizeof *forbidden; i++)
        forbid(forbidden[i]);
}

void guard_begin(void)
{
    void (*function)(void) = refuse;

    memcpy(&refusing, &function, sizeof refusing);
    for (struct outside *at = __start_explore_outside; at < __stop_explore_outside; at++)
        if (!guard_allows(at->name))
            forbid(&at->address);
    forbid_real();
}

void guard_lift(void)
{
    for (size_t i = 0; i < place_count; i++)
        *places[i] = before[i];
}

void guard_set(void)
{
    for (size_t i = 0; i < place_count; i++)
        *places[i] = refusing;
}
