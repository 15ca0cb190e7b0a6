/*
 * Clocks and sleeping.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/times.h>
#include <threads.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/given.h"
#include "explore/run/scheduler.h"
#include "explore/run/virtual_time.h"

static const int64_t second_ns = 1000000000;
static const int64_t pace_ns = INT64_C(86400000000000); /* a day */

/* Where the clocks stand when the program begins, in seconds. */
static int64_t begin_of(clockid_t clock)
{
    switch (clock) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_TAI:
        return 1700000000; /* 14 November 2023 */
    case CLOCK_PROCESS_CPUTIME_ID:
    case CLOCK_THREAD_CPUTIME_ID:
        return 0;
    default:
        return 1000; /* since the machine was started */
    }
}

/* In another world it is later, by more than some years and by a second more than some;
 * and as early as possible, the process has used some. */
static int64_t shift_ns(clockid_t clock)
{
    if ((record->plan.others & OTHER_TIME) == 0)
        return 0;
    if (begin_of(clock) == 0)
        return (record->plan.others & OTHER_WAY) != 0 ? 7654321 : 3456789;
    return (record->plan.others & OTHER_WAY) != 0 ? INT64_C(72072001987654321)
                                                  : INT64_C(34567890123456789);
}

struct timespec time_shown(clockid_t clock, int64_t time_ns)
{
    time_ns += shift_ns(clock);
    return (struct timespec){
        .tv_sec = (time_t)(begin_of(clock) + time_ns / second_ns),
        .tv_nsec = (long)(time_ns % second_ns),
    };
}

int64_t time_meant(clockid_t clock, const struct timespec *shown)
{
    const int64_t most = INT64_MAX / second_ns - 1;
    int64_t seconds = (int64_t)shown->tv_sec - begin_of(clock), time_ns;

    if (seconds > most)
        seconds = most;
    time_ns = seconds * second_ns + shown->tv_nsec - shift_ns(clock);
    return time_ns < 0 ? 0 : time_ns;
}

bool time_is_limit_of(clockid_t clock)
{
    return clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC;
}

bool time_is_valid(const struct timespec *time)
{
    return time->tv_nsec >= 0 && time->tv_nsec < second_ns;
}

void time_pass(int64_t time_ns)
{
    if (me->clock.time_ns < time_ns)
        me->clock.time_ns = time_ns;
}

/* Reading --------------------------------------------------------------------- */

static struct timespec now_of(clockid_t clock)
{
    struct timespec now;

    if (me == NULL) {
        real.clock_gettime(clock, &now);
        return now;
    }
    record->asks_clocks = true;
    if ((record->plan.others & OTHER_PACE) != 0)
        me->clock.time_ns += pace_ns;
    return time_shown(clock, me->clock.time_ns);
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (me == NULL)
        return real.clock_gettime(clock, now);
    given_writes(now, HERE);
    *now = now_of(clock);
    return 0;
}

int timespec_get(struct timespec *now, int base)
{
    if (base != TIME_UTC)
        return 0;
    given_writes(now, HERE);
    *now = now_of(CLOCK_REALTIME);
    return base;
}

time_t time(time_t *result)
{
    const struct timespec now = now_of(CLOCK_REALTIME);

    given_writes(result, HERE);
    if (result != NULL)
        *result = now.tv_sec;
    return now.tv_sec;
}

int gettimeofday(struct timeval *restrict result, void *restrict zone)
{
    const struct timespec now = now_of(CLOCK_REALTIME);

    (void)zone;
    given_writes(result, HERE);
    result->tv_sec = now.tv_sec;
    result->tv_usec = now.tv_nsec / 1000;
    return 0;
}

clock_t clock(void)
{
    const struct timespec now = now_of(CLOCK_PROCESS_CPUTIME_ID);

    return now.tv_sec * CLOCKS_PER_SEC + now.tv_nsec / 1000;
}

clock_t times(struct tms *result)
{
    const int64_t tick_ns = second_ns / sysconf(_SC_CLK_TCK);

    if (me == NULL)
        return (clock_t)-1;
    given_writes(result, HERE);
    if (result != NULL)
        *result = (struct tms){.tms_utime = me->clock.time_ns / tick_ns};
    return begin_of(CLOCK_MONOTONIC) * sysconf(_SC_CLK_TCK) + me->clock.time_ns / tick_ns;
}

/* What a run needs of the machine is different every time: here it is nothing
 * but its virtual time. */
int getrusage(__rusage_who_t who, struct rusage *usage)
{
    const struct timespec now = now_of(CLOCK_PROCESS_CPUTIME_ID);

    (void)who;
    given_writes(usage, HERE);
    *usage = (struct rusage){.ru_utime = {now.tv_sec, now.tv_nsec / 1000}};
    return 0;
}

/* Sleeping -------------------------------------------------------------------- */

static bool always(const struct thread *thread)
{
    (void)thread;
    return true;
}

static void __attribute__((noinline)) take_time(int64_t time_ns, uintptr_t place)
{
    step(&(const struct request){
        .op = {.kind = OP_SLEEP, .place = place},
        .cancel = cancel_simply,
        .lazy = always,
        .deadline_ns = time_ns,
    });
    time_pass(time_ns);
}

/* Leaves nothing of the time on the stack: a loop that sleeps comes back to the
 * same state (spin.h), though later. */
static void __attribute__((noinline)) sleep_until(int64_t time_ns, uintptr_t place)
{
    take_time(time_ns, place);
    stack_wipe();
}

static int64_t span_ns(const struct timespec *time)
{
    const int64_t most = INT64_MAX / 4;

    return time->tv_sec > most / second_ns ? most : time->tv_sec * second_ns + time->tv_nsec;
}

int nanosleep(const struct timespec *time, struct timespec *left)
{
    (void)left;
    given_reads(time, HERE);
    if (!time_is_valid(time) || time->tv_sec < 0) {
        errno = EINVAL;
        return -1;
    }
    sleep_until(me->clock.time_ns + span_ns(time), HERE);
    return 0;
}

int clock_nanosleep(clockid_t clock, int flags, const struct timespec *time, struct timespec *left)
{
    (void)left;
    given_reads(time, HERE);
    if (!time_is_valid(time) || time->tv_sec < 0)
        return EINVAL;
    sleep_until((flags & TIMER_ABSTIME) != 0 ? time_meant(clock, time)
                                             : me->clock.time_ns + span_ns(time),
                HERE);
    return 0;
}

unsigned sleep(unsigned seconds)
{
    sleep_until(me->clock.time_ns + seconds * second_ns, HERE);
    return 0;
}

int usleep(useconds_t microseconds)
{
    sleep_until(me->clock.time_ns + microseconds * INT64_C(1000), HERE);
    return 0;
}

/* C17, 7.26.5.7: what is no time is an error below -1, which is for signals. */
int thrd_sleep(const struct timespec *time, struct timespec *left)
{
    (void)left;
    given_reads(time, HERE);
    if (!time_is_valid(time) || time->tv_sec < 0)
        return -2;
    sleep_until(me->clock.time_ns + span_ns(time), HERE);
    return 0;
}

static void yield(uintptr_t place)
{
    if (me != NULL)
        step(&(const struct request){
            .op = {.kind = OP_YIELD, .place = place},
            .lazy = always,
            .deadline_ns = me->clock.time_ns,
        });
}

int sched_yield(void)
{
    yield(HERE);
    return 0;
}

void thrd_yield(void)
{
    yield(HERE);
}
