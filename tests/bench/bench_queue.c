/*
 * One measurement: bench_queue WHO WHAT CAPACITY SECONDS prints items per
 * second. tests/bench/bench_queue.sh calls it round by round.
 *
 *     WHO   ours, ours32 (in batches of 32), textbook, glib (unbounded: it has
 *           no other), apr, ck (a ring that waits by sched_yield)
 *     WHAT  2: so many producers and consumers; or pipeline-3-4-5: three
 *           stages with so many workers, task_done after each item
 *
 * Every run counts what went in and what came out; they must agree.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include <sched.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef WITH_GLIB
#include <glib.h>
#endif
#ifdef WITH_APR
#include <apr_queue.h>
#endif
#ifdef WITH_CK
#include <ck_ring.h>
#endif

#include "items/item-55-textbook.h"
#include "lib/clock.h"
#include "lib/queue.h"
#include "lib/worker.h"

enum { BATCH = 32, MOST = 32 };

static void give_up(const char *what)
{
    fprintf(stderr, "bench_queue: %s\n", what);
    exit(1);
}

/* ---- A queue of any kind. NULL ends one consumer. ---- */

struct kind {
    const char *name;
    void (*open)(size_t capacity);
    void (*put)(void *item);
    void *(*get)(void);
};

static struct queue ours;

static void ours_open(size_t capacity)
{
    if (queue_init(&ours, capacity) != 0)
        give_up("queue_init");
}

static void ours_put(void *item)
{
    if (queue_put(&ours, item, NULL) != 0)
        give_up("queue_put");
}

static void *ours_get(void)
{
    void *item = NULL;

    if (queue_get(&ours, &item, NULL) != 0)
        give_up("queue_get");
    return item;
}

/* In batches: each thread fills its own before it goes to the queue. */
static _Thread_local struct {
    void *items[BATCH];
    size_t at, count;
} batch;

static void ours32_put(void *item)
{
    size_t put;

    if (item != NULL)
        batch.items[batch.count++] = item;
    if (batch.count < BATCH && item != NULL)
        return;
    if (queue_put_many(&ours, batch.items, batch.count, &put, NULL) != 0)
        give_up("queue_put_many");
    batch.count = 0;
}

static void *ours32_get(void)
{
    if (batch.at == batch.count) {
        batch.at = 0;
        if (queue_get_many(&ours, batch.items, BATCH, &batch.count, NULL) != 0)
            return NULL;
    }
    return batch.items[batch.at++];
}

static struct textbook textbook;

static void textbook_open(size_t capacity)
{
    if (textbook_init(&textbook, capacity) != 0)
        give_up("textbook_init");
}

static void textbook_put_one(void *item)
{
    textbook_put(&textbook, item);
}

static void *textbook_get_one(void)
{
    return textbook_get(&textbook);
}

#ifdef WITH_GLIB
static GAsyncQueue *glib;

static void glib_open(size_t capacity)
{
    (void)capacity;
    glib = g_async_queue_new();
}

static void glib_put(void *item)
{
    g_async_queue_push(glib, item != NULL ? item : glib);
}

static void *glib_get(void)
{
    void *item = g_async_queue_pop(glib);

    return item != glib ? item : NULL;
}
#endif

#ifdef WITH_APR
static apr_queue_t *apr;

static void apr_open(size_t capacity)
{
    apr_pool_t *pool;

    apr_initialize();
    apr_pool_create(&pool, NULL);
    if (apr_queue_create(&apr, (unsigned)capacity, pool) != APR_SUCCESS)
        give_up("apr_queue_create");
}

static void apr_put(void *item)
{
    while (apr_queue_push(apr, item) != APR_SUCCESS)
        continue; /* APR_EINTR: it was woken for nothing */
}

static void *apr_get(void)
{
    void *item = NULL;

    while (apr_queue_pop(apr, &item) != APR_SUCCESS)
        continue;
    return item;
}
#endif

#ifdef WITH_CK
static ck_ring_t ck;
static ck_ring_buffer_t *ck_slots;

static void ck_open(size_t capacity)
{
    unsigned size = 2;

    while (size - 1 < capacity) /* it holds one less than a power of two */
        size *= 2;
    ck_ring_init(&ck, size);
    ck_slots = calloc(size, sizeof *ck_slots);
}

static void ck_put(void *item)
{
    while (!ck_ring_enqueue_mpmc(&ck, ck_slots, item))
        sched_yield();
}

static void *ck_get(void)
{
    void *item = NULL;

    while (!ck_ring_dequeue_mpmc(&ck, ck_slots, &item))
        sched_yield();
    return item;
}
#endif

static const struct kind kinds[] = {
    {"ours", ours_open, ours_put, ours_get},
    {"ours32", ours_open, ours32_put, ours32_get},
    {"textbook", textbook_open, textbook_put_one, textbook_get_one},
#ifdef WITH_GLIB
    {"glib", glib_open, glib_put, glib_get},
#endif
#ifdef WITH_APR
    {"apr", apr_open, apr_put, apr_get},
#endif
#ifdef WITH_CK
    {"ck", ck_open, ck_put, ck_get},
#endif
};

static const struct kind *kind;
static atomic_bool time_is_up;

/* ---- Producers and consumers ---- */

static void *produce(void *arg)
{
    uintptr_t count = 0;

    (void)arg;
    while (!atomic_load_explicit(&time_is_up, memory_order_relaxed))
        kind->put((void *)++count);
    kind->put(NULL);
    return (void *)count;
}

static void *consume(void *arg)
{
    uintptr_t count = 0;

    (void)arg;
    while (kind->get() != NULL)
        count++;
    return (void *)count;
}

static size_t sum_of(const pthread_t threads[], int count)
{
    size_t sum = 0;

    for (int i = 0; i < count; i++) {
        void *result;

        pthread_join(threads[i], &result);
        sum += (uintptr_t)result;
    }
    return sum;
}

static void pass_time(double seconds)
{
    struct timespec t = {.tv_sec = (time_t)seconds,
                         .tv_nsec = (long)((seconds - (double)(time_t)seconds) * 1e9)};

    nanosleep(&t, NULL);
    atomic_store(&time_is_up, true);
}

static size_t run_pairs(int pairs, double seconds)
{
    pthread_t producers[MOST], consumers[MOST];
    size_t in, out;

    for (int i = 0; i < pairs; i++)
        if (pthread_create(&consumers[i], NULL, consume, NULL) != 0 ||
            pthread_create(&producers[i], NULL, produce, NULL) != 0)
            give_up("no thread");
    pass_time(seconds);
    in = sum_of(producers, pairs);
    if (kind->get == ours32_get) /* a batch might hold what ends another consumer */
        queue_close(&ours);
    out = sum_of(consumers, pairs);
    if (in != out)
        give_up("what came out is not what went in");
    return out;
}

/* ---- A pipeline ---- */

static int stages[3]; /* so many workers in each */

static void *next_one(void *item, void *context, struct thread_error *error)
{
    (void)context, (void)error;
    return (void *)((uintptr_t)item + 1);
}

static size_t feed_ours(struct queue *first)
{
    uintptr_t count = 0;

    while (!atomic_load_explicit(&time_is_up, memory_order_relaxed))
        if (queue_put(first, (void *)++count, NULL) != 0)
            give_up("queue_put");
    return count;
}

static void *count_ours(void *queue)
{
    struct queue_loop loop = {.queue = queue};
    uintptr_t count = 0;
    void *item;

    while (queue_next(&loop, &item))
        count++;
    return (void *)count;
}

static void *feed_and_stop_ours(void *queues)
{
    static struct worker workers[3][MOST];
    struct queue *queue = queues;
    size_t count;

    for (int i = 0; i < 3; i++)
        if (workers_start(workers[i], (size_t)stages[i], NULL, next_one, NULL, &queue[i],
                          &queue[i + 1]) != 0)
            give_up("workers_start");
    count = feed_ours(&queue[0]);
    for (int i = 0; i < 3; i++)
        if (workers_stop(workers[i], (size_t)stages[i], NULL) != 0)
            give_up("workers_stop");
    queue_close(&queue[3]);
    return (void *)count;
}

/* Ours again, but by hand: everybody moves up to 32 at once. */
struct batch_stage {
    struct queue *in, *out;
};

static void *work_in_batches(void *arg)
{
    struct batch_stage *stage = arg;
    void *items[BATCH];
    size_t got, put;

    while (queue_get_many(stage->in, items, BATCH, &got, NULL) == 0) {
        for (size_t i = 0; i < got; i++)
            items[i] = next_one(items[i], NULL, NULL);
        if (queue_put_many(stage->out, items, got, &put, NULL) != 0)
            give_up("queue_put_many");
        for (size_t i = 0; i < got; i++)
            if (queue_task_done(stage->in) != 0)
                give_up("queue_task_done");
    }
    return NULL;
}

static void *count_batches(void *queue)
{
    uintptr_t count = 0;
    void *items[BATCH];
    size_t got;

    for (; queue_get_many(queue, items, BATCH, &got, NULL) == 0; count += got)
        for (size_t i = 0; i < got; i++)
            if (queue_task_done(queue) != 0)
                give_up("queue_task_done");
    return (void *)count;
}

static void *feed_and_stop_batches(void *queues)
{
    static pthread_t threads[3][MOST];
    static struct batch_stage of[3];
    struct queue *queue = queues;
    void *items[BATCH] = {NULL};
    uintptr_t count = 0;
    size_t put;

    for (int i = 0; i < 3; i++) {
        of[i] = (struct batch_stage){&queue[i], &queue[i + 1]};
        for (int k = 0; k < stages[i]; k++)
            if (pthread_create(&threads[i][k], NULL, work_in_batches, &of[i]) != 0)
                give_up("no thread");
    }
    for (; !atomic_load_explicit(&time_is_up, memory_order_relaxed); count += put)
        if (queue_put_many(&queue[0], items, BATCH, &put, NULL) != 0)
            give_up("queue_put_many");
    for (int i = 0; i < 4; i++) {
        queue_close(&queue[i]);
        for (int k = 0; i < 3 && k < stages[i]; k++)
            pthread_join(threads[i][k], NULL);
    }
    return (void *)count;
}

struct textbook_stage {
    struct textbook *in, *out;
};

static void *work_textbook(void *arg)
{
    struct textbook_stage *stage = arg;
    void *item;

    while ((item = textbook_get(stage->in)) != NULL) {
        textbook_put(stage->out, next_one(item, NULL, NULL));
        textbook_task_done(stage->in);
    }
    textbook_task_done(stage->in);
    return NULL;
}

static void *count_textbook(void *queue)
{
    uintptr_t count = 0;

    while (textbook_get(queue) != NULL) {
        count++;
        textbook_task_done(queue);
    }
    return (void *)count;
}

static void *feed_and_stop_textbook(void *queues)
{
    static pthread_t threads[3][MOST];
    static struct textbook_stage of[3];
    struct textbook *queue = queues;
    uintptr_t count = 0;

    for (int i = 0; i < 3; i++) {
        of[i] = (struct textbook_stage){&queue[i], &queue[i + 1]};
        for (int k = 0; k < stages[i]; k++)
            if (pthread_create(&threads[i][k], NULL, work_textbook, &of[i]) != 0)
                give_up("no thread");
    }
    while (!atomic_load_explicit(&time_is_up, memory_order_relaxed))
        textbook_put(&queue[0], (void *)++count);
    for (int i = 0; i < 3; i++) {
        for (int k = 0; k < stages[i]; k++)
            textbook_put(&queue[i], NULL);
        textbook_join(&queue[i]);
        for (int k = 0; k < stages[i]; k++)
            pthread_join(threads[i][k], NULL);
    }
    textbook_put(&queue[3], NULL);
    return (void *)count;
}

static size_t run_pipeline(size_t capacity, double seconds)
{
    static struct queue mine[4];
    static struct textbook theirs[4];
    bool by_hand = strcmp(kind->name, "ours32") == 0;
    bool is_textbook = strcmp(kind->name, "textbook") == 0;
    void *queues = is_textbook ? (void *)theirs : mine,
         *last = is_textbook ? (void *)&theirs[3] : &mine[3];
    pthread_t feeder, counter;
    size_t in, out;

    for (int i = 0; i < 4; i++)
        if (queue_init(&mine[i], capacity) != 0 || textbook_init(&theirs[i], capacity) != 0)
            give_up("no memory");
    pthread_create(&counter, NULL,
                   is_textbook ? count_textbook
                   : by_hand   ? count_batches
                               : count_ours,
                   last);
    pthread_create(&feeder, NULL,
                   is_textbook ? feed_and_stop_textbook
                   : by_hand   ? feed_and_stop_batches
                               : feed_and_stop_ours,
                   queues);
    pass_time(seconds);
    in = sum_of(&feeder, 1);
    out = sum_of(&counter, 1);
    if (in != out)
        give_up("what came out is not what went in");
    return out;
}

int main(int argc, char *argv[])
{
    struct timespec from = clock_now();
    size_t items;

    if (argc != 5)
        give_up("the command line: WHO WHAT CAPACITY SECONDS");
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, argv[1]) == 0)
            kind = &kinds[i];
    if (kind == NULL)
        return puts("-") < 0;
    if (sscanf(argv[2], "pipeline-%d-%d-%d", &stages[0], &stages[1], &stages[2]) == 3) {
        items = run_pipeline((size_t)atol(argv[3]), atof(argv[4]));
    } else {
        kind->open((size_t)atol(argv[3]));
        items = run_pairs(atoi(argv[2]), atof(argv[4]));
    }
    printf("%.0f\n", (double)items / clock_seconds_since(from));
    return 0;
}
