/*
 * What the tests of lib/queue share: calls made by threads of their own, and
 * a way to see that such a call waits, instead of hoping that it does.
 */
#ifndef HEDDLE_TESTS_QUEUE_CHECK_H
#define HEDDLE_TESTS_QUEUE_CHECK_H

#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>
#include <sys/syscall.h>

#include "lib/clock.h"
#include "lib/queue.h"
#include "progress.h"
#include "tests.h"

enum { MANY = 16 };

/* A call of a queue, made by a thread of its own. */
struct call {
    struct queue *queue;
    enum { PUT, GET, PUT_MANY, GET_MANY, JOIN } what;
    void *item; /* to put, or got */
    void *items[MANY];
    size_t count; /* of items: to put, or at most to get */
    size_t moved; /* put, or got */
    const struct timespec *deadline;
    int err;
    pthread_t thread;
    atomic_long tid;
    uintptr_t stack; /* somewhere near its end that is in use */
};

static inline void *make_call(void *arg)
{
    struct call *c = arg;

    c->stack = (uintptr_t)&c;
    atomic_store(&c->tid, syscall(SYS_gettid));
    switch (c->what) {
    case PUT:
        c->err = queue_put(c->queue, c->item, c->deadline);
        break;
    case GET:
        c->err = queue_get(c->queue, &c->item, c->deadline);
        break;
    case PUT_MANY:
        c->err = queue_put_many(c->queue, c->items, c->count, &c->moved, c->deadline);
        break;
    case GET_MANY:
        c->err = queue_get_many(c->queue, c->items, c->count, &c->moved, c->deadline);
        break;
    case JOIN:
        c->err = queue_join(c->queue, c->deadline);
        break;
    }
    return NULL;
}

static inline void begin(struct call *c)
{
    c->err = -1;
    assert_int_equal(pthread_create(&c->thread, NULL, make_call, c), 0);
}

static inline int end(struct call *c)
{
    pthread_join(c->thread, NULL);
    return c->err;
}

/*
 * Linux tells in which system call a thread is (proc(5)), and with what: a
 * futex on its own stack is a waiter in line, be it ours or a condition variable's.
 */
static inline bool is_waiting(struct call *c)
{
    char path[64], line[64] = "";
    uintptr_t address = 0;
    long number = -1;
    FILE *file;

    snprintf(path, sizeof path, "/proc/self/task/%ld/syscall", atomic_load(&c->tid));
    file = fopen(path, "r");
    if (file == NULL)
        return false;
    if (fgets(line, sizeof line, file) != NULL && line[0] != 'r') {
        char *after;

        number = strtol(line, &after, 10);
        address = (uintptr_t)strtoull(after, NULL, 16);
    }
    fclose(file);
    return number == SYS_futex && address < c->stack && c->stack - address < 65536;
}

static inline void wait_until_it_waits(struct call *c)
{
    while (atomic_load(&c->tid) == 0 || !is_waiting(c))
        sched_yield();
}

static inline void begin_to_wait(struct call *c)
{
    begin(c);
    wait_until_it_waits(c);
}

static inline void *number(size_t n)
{
    return (void *)(uintptr_t)n;
}

#define assert_item(item, n) assert_ptr_equal((item), number(n))

static const struct timespec long_ago = {0, 1};

/* A broken queue is to fail, not to hang. */
static inline void limit_time(void)
{
    const char *seconds = getenv("TEST_SECONDS");

    progress_begin(900 + (seconds != NULL ? 4 * atoi(seconds) : 0));
}

#endif
