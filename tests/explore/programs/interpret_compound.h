/*
 * Words of interpret.c that are more than a call: structs that are assigned, what has
 * sixteen bytes, handlers of signals, and looking at a pipe in several ways.
 */
#ifndef HEDDLE_TESTS_INTERPRET_COMPOUND_H
#define HEDDLE_TESTS_INTERPRET_COMPOUND_H

#include "interpret_system.h"

#include <sys/epoll.h>

/* Structs ------------------------------------------------------------------------- */

struct pair {
    int first, second;
};

struct large {
    int first;
    char between[20];
    int last;
};

__extension__ typedef unsigned __int128 sixteen;

static struct pair pairs[2];
static struct large large;
static _Atomic sixteen wide;

/* What is in both halves; 7: they differ. */
static int same(int first, int second)
{
    return first == second ? first : 7;
}

static int pair_word(int i, int value)
{
    struct pair pair = {value, value};
    struct large all = {.first = value, .last = value};

    switch (i) {
    case 0:
        pairs[0] = pair;
        return NOTHING_SEEN;
    case 1:
        pairs[1] = pairs[0];
        return NOTHING_SEEN;
    case 4:
        large = all;
        return NOTHING_SEEN;
    case 5:
        all = large;
        return same(all.first, all.last);
    default:
        pair = pairs[i - 2];
        return same(pair.first, pair.second);
    }
}

static int sixteen_word(int i, int value)
{
    const sixteen both = (sixteen)(unsigned)value << 64 | (unsigned)value;
    const sixteen old = i == 3 ? atomic_exchange(&wide, both) : atomic_load(&wide);

    return same((int)(old >> 64), (int)old);
}

/* Handlers ------------------------------------------------------------------------ */

static void prepare_handlers(void (*hang_up)(int), void (*terminate)(int))
{
    struct sigaction action = {.sa_handler = hang_up};

    sigemptyset(&action.sa_mask);
    sigaction(SIGHUP, &action, NULL);
    action.sa_handler = terminate;
    sigaction(SIGTERM, &action, NULL);
}

/* Twice, which is once for what is blocked. */
static void block_and_raise(sigset_t *old)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, old);
    raise(SIGHUP);
    pthread_kill(pthread_self(), SIGHUP);
}

/* Looking ------------------------------------------------------------------------- */

static int watches[4]; /* of two pipes, and two counters */

static void prepare_watch(int number, int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};

    watches[number] = epoll_create1(0);
    if (watches[number] < 0 || epoll_ctl(watches[number], EPOLL_CTL_ADD, fd, &event) != 0)
        exit(2);
}

/* Threads with an even number do it with epoll. */
static int look_at(int thread, int number, int fd, int limit_ms)
{
    struct epoll_event event;

    if (thread % 2 == 0)
        return epoll_wait(watches[number], &event, 1, limit_ms);
    return poll(&(struct pollfd){.fd = fd, .events = POLLIN}, 1, limit_ms);
}

#endif
