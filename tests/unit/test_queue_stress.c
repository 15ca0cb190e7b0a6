/*
 * lib/queue under many threads that put and get in every way at random, pinned
 * to one core and free: each item comes out exactly once or is dropped, in its
 * producer's order, and nobody is left asleep (then the alarm ends the test).
 *
 * Each case runs QUEUE_REPEAT times (5), with seeds from QUEUE_SEED (1) on; a
 * failure names its seed.
 */
#define _GNU_SOURCE /* sched_setaffinity, syscall */

#include "queue_check.h"
#include "under_valgrind.h"

enum { MOST_THREADS = 8, ITEMS = 40, BATCH = 5 };

enum ending { AT_THE_END, CLOSE, CLOSE_NOW };

struct run {
    struct queue queue;
    unsigned producers, consumers;
    size_t capacity;
    enum ending ending;
    unsigned seed;
    unsigned close_after; /* so many items, if it is closed early */
    atomic_uint put, got, dropped;
    atomic_uchar seen[MOST_THREADS][ITEMS];
    atomic_int wrong; /* the line of the first check that failed */
};

struct one {
    struct run *run;
    unsigned number;
    uint32_t random;
    pthread_t thread;
};

#define CHECK(run, what) \
    do { \
        int none = 0; \
        if (!(what)) \
            atomic_compare_exchange_strong(&(run)->wrong, &none, __LINE__); \
    } while (0)

static uint32_t next_random(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void *name_item(unsigned producer, unsigned at)
{
    return number(producer * ITEMS + at + 1);
}

/* A deadline so near that it often passes just when the item comes. */
static struct timespec almost_now(uint32_t *random)
{
    struct timespec t = clock_now();

    t.tv_nsec += (long)(next_random(random) % 100000);
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

static void drop(void *item, void *arg)
{
    struct run *run = arg;
    unsigned at = (unsigned)(uintptr_t)item - 1;

    CHECK(run, atomic_fetch_add(&run->seen[at / ITEMS][at % ITEMS], 1) == 0);
    atomic_fetch_add(&run->dropped, 1);
}

/* By the thread whose put was the fatal one; the others are in the middle of theirs. */
static void perhaps_close(struct run *run, unsigned before, unsigned after)
{
    if (before >= run->close_after || after < run->close_after)
        return;
    if (run->ending == CLOSE)
        queue_close(&run->queue);
    if (run->ending == CLOSE_NOW)
        queue_close_now(&run->queue, drop, run);
}

/* ---- Producers ---- */

static int put_some(struct one *one, unsigned from, size_t *put)
{
    struct queue *q = &one->run->queue;
    struct timespec soon = almost_now(&one->random);
    void *items[BATCH];
    size_t count = 1 + next_random(&one->random) % BATCH;
    int err;

    *put = 0;
    for (unsigned i = 0; i < BATCH; i++)
        items[i] = name_item(one->number, from + i);
    if (count > ITEMS - from)
        count = ITEMS - from;
    switch (next_random(&one->random) % 5) {
    case 0:
        err = queue_try_put(q, items[0]);
        break;
    case 1:
        err = queue_put(q, items[0], &soon);
        break;
    case 2:
        return queue_put_many(q, items, count, put, &soon);
    case 3:
        return queue_put_many(q, items, count, put, NULL);
    default:
        err = queue_put(q, items[0], NULL);
        break;
    }
    *put = err == 0;
    return err;
}

static void *produce(void *arg)
{
    struct one *one = arg;
    struct run *run = one->run;
    unsigned at = 0;
    int err = 0;

    while (at < ITEMS && err != EPIPE) {
        size_t put;
        unsigned before;

        err = put_some(one, at, &put);
        CHECK(run, err == 0 || err == EPIPE || err == EAGAIN || err == ETIMEDOUT);
        CHECK(run, err != EPIPE || run->ending != AT_THE_END);
        at += (unsigned)put;
        before = atomic_fetch_add(&run->put, (unsigned)put);
        perhaps_close(run, before, before + (unsigned)put);
        if (err == EAGAIN)
            sched_yield();
    }
    return NULL;
}

/* ---- Consumers ---- */

static int get_some(struct one *one, void *items[], size_t *got)
{
    struct queue *q = &one->run->queue;
    struct timespec soon = almost_now(&one->random);
    size_t most = 1 + next_random(&one->random) % BATCH;

    *got = 1;
    switch (next_random(&one->random) % 5) {
    case 0:
        return queue_try_get(q, items);
    case 1:
        return queue_get(q, items, &soon);
    case 2:
        return queue_get_many(q, items, most, got, &soon);
    case 3:
        return queue_get_many(q, items, most, got, NULL);
    default:
        return queue_get(q, items, NULL);
    }
}

/* Once, and behind what this consumer got of the same producer before. */
static void check_item(struct run *run, void *item, int last[])
{
    unsigned name = (unsigned)(uintptr_t)item - 1, producer = name / ITEMS;

    CHECK(run, producer < run->producers);
    if (producer >= run->producers)
        return;
    CHECK(run, (int)(name % ITEMS) > last[producer]);
    last[producer] = (int)(name % ITEMS);
    CHECK(run, atomic_fetch_add(&run->seen[producer][name % ITEMS], 1) == 0);
}

static void *consume(void *arg)
{
    struct one *one = arg;
    struct run *run = one->run;
    int last[MOST_THREADS], err = 0;

    memset(last, -1, sizeof last);
    while (err != EPIPE) {
        void *items[BATCH];
        size_t got;

        err = get_some(one, items, &got);
        CHECK(run, err == 0 || err == EPIPE || err == EAGAIN || err == ETIMEDOUT);
        if (err != 0) {
            sched_yield();
            continue;
        }
        for (size_t i = 0; i < got; i++) {
            check_item(run, items[i], last);
            CHECK(run, queue_task_done(&run->queue) == 0);
        }
        atomic_fetch_add(&run->got, (unsigned)got);
    }
    return NULL;
}

/* ---- One run ---- */

static void start(struct run *run, struct one *ones, unsigned count, void *(*what)(void *),
                  unsigned salt)
{
    for (unsigned i = 0; i < count; i++) {
        ones[i] =
            (struct one){.run = run, .number = i, .random = run->seed * 2654435761u + salt + i + 1};
        assert_int_equal(pthread_create(&ones[i].thread, NULL, what, &ones[i]), 0);
    }
}

static void join(struct one *ones, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        pthread_join(ones[i].thread, NULL);
}

static void check_run(struct run *run, const char *how)
{
    unsigned put = atomic_load(&run->put),
             out = atomic_load(&run->got) + atomic_load(&run->dropped);
    int wrong = atomic_load(&run->wrong);

    if (wrong == 0 && put == out && (run->ending != AT_THE_END || put == run->producers * ITEMS))
        return;
    fail_msg("QUEUE_SEED=%u, %s, %u producers, %u consumers, capacity %zu, ending %d: line %d, %u "
             "put, %u out",
             run->seed, how, run->producers, run->consumers, run->capacity, (int)run->ending, wrong,
             put, out);
}

static void do_run(struct run *run, const char *how)
{
    struct one producers[MOST_THREADS], consumers[MOST_THREADS];

    assert_int_equal(queue_init(&run->queue, run->capacity), 0);
    run->close_after = run->seed * 7919 % (run->producers * ITEMS) + 1;
    start(run, consumers, run->consumers, consume, 1000);
    start(run, producers, run->producers, produce, 2000);
    join(producers, run->producers);
    assert_int_equal(queue_join(&run->queue, NULL), 0);
    queue_close(&run->queue);
    join(consumers, run->consumers);
    assert_int_equal(queue_destroy(&run->queue), 0);
    check_run(run, how);
}

static void run_all(const char *how, enum ending ending)
{
    static const size_t capacities[] = {1, 2, 64, 1024, QUEUE_UNBOUNDED};
    const char *repeat = getenv("QUEUE_REPEAT"), *first = getenv("QUEUE_SEED");
    unsigned seed = first != NULL ? (unsigned)atoi(first) : 1;
    unsigned most = under_valgrind() ? 2 : MOST_THREADS; /* there, threads take turns */
    unsigned end = seed + (repeat != NULL ? (unsigned)atoi(repeat) : under_valgrind() ? 1 : 5);

    for (; seed < end; seed++)
        for (unsigned p = 1; p <= most; p *= 2)
            for (unsigned c = 1; c <= most; c *= 2)
                for (size_t i = 0; i < sizeof capacities / sizeof *capacities; i++) {
                    struct run run = {.producers = p,
                                      .consumers = c,
                                      .capacity = capacities[i],
                                      .ending = ending,
                                      .seed = seed};

                    do_run(&run, how);
                }
}

/* ---- The claims ---- */

static cpu_set_t all_cores;

static int pin(void **state)
{
    cpu_set_t one;
    size_t first = 0;

    (void)state;
    while (!CPU_ISSET(first, &all_cores))
        first++;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    return sched_setaffinity(0, sizeof one, &one);
}

static int unpin(void **state)
{
    (void)state;
    return sched_setaffinity(0, sizeof all_cores, &all_cores);
}

TEST(every_item_comes_out_once_and_in_order)
{
    run_all("free", AT_THE_END);
}

TEST(closing_at_any_moment_loses_nothing_that_was_put)
{
    run_all("free", CLOSE);
}

TEST(closing_now_at_any_moment_hands_out_or_drops_each_item_once)
{
    run_all("free", CLOSE_NOW);
}

TEST_WITH(on_one_core_every_item_comes_out_once_and_in_order, pin, unpin)
{
    run_all("pinned", AT_THE_END);
}

TEST_WITH(on_one_core_closing_at_any_moment_loses_nothing_that_was_put, pin, unpin)
{
    run_all("pinned", CLOSE);
}

TEST_WITH(on_one_core_closing_now_hands_out_or_drops_each_item_once, pin, unpin)
{
    run_all("pinned", CLOSE_NOW);
}

int main(void)
{
    if (sched_getaffinity(0, sizeof all_cores, &all_cores) != 0)
        return 1;
    if (getenv("QUEUE_REPEAT") == NULL)
        limit_time();
    return tests_run(NULL, NULL);
}
