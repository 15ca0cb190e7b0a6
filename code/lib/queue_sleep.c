/* Written by heddle tangle from chapters/83-queue-inside.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _GNU_SOURCE /* syscall */

#include "lib/queue_inside.h"

#include <errno.h>
#if QUEUE_FUTEX
#include <sched.h>
#include <sys/syscall.h>
#include <unistd.h>
#endif

#include "lib/clock.h"

#if QUEUE_FUTEX
/* futex(2), as linux/futex.h has it; musl's headers come without the kernel's. */
enum {
    FUTEX_WAKE = 1,
    FUTEX_WAIT_BITSET = 9,
    FUTEX_PRIVATE_FLAG = 128,
    FUTEX_BITSET_MATCH_ANY = -1 /* all 32 */
};

enum { AWAKE, ASLEEP, WOKEN };
enum { PAUSES = 8 }; /* between two looks */
enum { LOOKS = 4, MORE_LOOKS = 32, MOST_LOOKS = 200 };
enum { TIMID = 1000 }; /* waits with few looks before one with most of them */
enum { REST = 10000 }; /* waits without sched_yield */

#define LATE_SECONDS 0.001

/* Tells the processor that this is a loop that waits for another thread. */
static void pause_briefly(void)
{
    for (int i = 0; i < PAUSES; i++)
#if defined(__x86_64__)
        __builtin_ia32_pause();
#elif defined(__aarch64__)
        __asm__ volatile("yield");
#else
        atomic_signal_fence(memory_order_seq_cst);
#endif
}

/* Unless that took long, not long ago: then some other program is busy. */
static void let_others_run(void)
{
    static _Thread_local unsigned rest;
    struct timespec from;

    if (rest > 0) {
        rest--;
        return;
    }
    from = clock_now();
    sched_yield();
    if (clock_seconds_since(from) > LATE_SECONDS)
        rest = REST;
}

static bool is_woken(struct queue_sleep *s)
{
    return atomic_load(&s->state) == WOKEN;
}

/* Looks whether what we wait for comes while we look: for longer where that has
 * paid in the wait before, and once in TIMID waits, to find out. */
static bool comes_soon(struct queue_sleep *s)
{
    static _Thread_local int looks = LOOKS;
    static _Thread_local unsigned waits;
    bool woken;

    if (looks == LOOKS && ++waits % TIMID == 0)
        looks = MOST_LOOKS;
    for (int i = 0; i < looks && !is_woken(s); i++)
        pause_briefly();
    woken = is_woken(s);
    if (!woken)
        looks = LOOKS;
    else if (looks > LOOKS)
        looks = MORE_LOOKS;
    return woken;
}

int queue_sleep_init(struct queue_sleep *s)
{
    atomic_init(&s->state, AWAKE);
    return 0;
}

void queue_sleep_destroy(struct queue_sleep *s)
{
    (void)s; /* nothing but a number */
}

int queue_sleep(struct queue_sleep *s, const struct timespec *deadline)
{
    unsigned expected = AWAKE;

    if (!comes_soon(s))
        let_others_run();
    atomic_compare_exchange_strong(&s->state, &expected, ASLEEP);
    while (!is_woken(s))
        if (syscall(SYS_futex, &s->state,
                    FUTEX_WAIT_BITSET | FUTEX_PRIVATE_FLAG, ASLEEP, deadline,
                    NULL, FUTEX_BITSET_MATCH_ANY) != 0 &&
            errno == ETIMEDOUT)
            return is_woken(s) ? 0 : ETIMEDOUT;
    return 0;
}

/*
 * No wake is lost: the sleeper changes AWAKE to ASLEEP and the waker anything
 * to WOKEN, and one of them is first. If it is the waker, the sleeper finds
 * WOKEN. If it is the sleeper, the waker finds ASLEEP and calls the kernel,
 * which lets nobody fall asleep on a word that is no longer ASLEEP.
 *
 * After the exchange the sleeper may return, and the word be gone. Whoever
 * sleeps at its address by then looks again: futex(2).
 */
void queue_wake(struct queue_sleep *s)
{
    if (atomic_exchange(&s->state, WOKEN) == ASLEEP)
        syscall(SYS_futex, &s->state, FUTEX_WAKE | FUTEX_PRIVATE_FLAG, 1,
                NULL, NULL, 0);
}
#else
int queue_sleep_init(struct queue_sleep *s)
{
    pthread_condattr_t attributes;
    int err = pthread_condattr_init(&attributes);

    if (err != 0)
        return err;
    s->woken = false;
#ifndef __APPLE__
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
#endif
    err = pthread_cond_init(&s->told, &attributes);
    pthread_condattr_destroy(&attributes);
    if (err != 0)
        return err;
    err = pthread_mutex_init(&s->lock, NULL);
    if (err != 0)
        pthread_cond_destroy(&s->told);
    return err;
}

/* Until a moment of CLOCK_MONOTONIC, which macOS's conditions do not know. */
static int wait_until(struct queue_sleep *s, const struct timespec *deadline)
{
#ifdef __APPLE__
    double left = -clock_seconds_since(*deadline);
    struct timespec rest = {0};

    if (left > 0) {
        rest.tv_sec = (time_t)left;
        rest.tv_nsec = (long)((left - (double)rest.tv_sec) * 1e9);
    }
    return pthread_cond_timedwait_relative_np(&s->told, &s->lock, &rest);
#else
    return pthread_cond_timedwait(&s->told, &s->lock, deadline);
#endif
}

/* No cancellation (pthreads(7)): it would leave a line with a hole in it. */
int queue_sleep(struct queue_sleep *s, const struct timespec *deadline)
{
    int cancel_state, err = 0;
    bool woken;

    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    pthread_mutex_lock(&s->lock);
    while (!s->woken && err != ETIMEDOUT)
        err = deadline != NULL ? wait_until(s, deadline)
                               : pthread_cond_wait(&s->told, &s->lock);
    woken = s->woken;
    pthread_mutex_unlock(&s->lock);
    pthread_setcancelstate(cancel_state, NULL);
    return woken ? 0 : ETIMEDOUT;
}

void queue_wake(struct queue_sleep *s)
{
    pthread_mutex_lock(&s->lock);
    s->woken = true;
    pthread_cond_signal(&s->told);
    pthread_mutex_unlock(&s->lock);
}

void queue_sleep_destroy(struct queue_sleep *s)
{
    pthread_mutex_destroy(&s->lock);
    pthread_cond_destroy(&s->told);
}
#endif
