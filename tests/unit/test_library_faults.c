/*
 * What the library says, and keeps, when a call that it makes fails: the
 * linker puts our malloc and the like before those that it would call
 * (--wrap, see the Makefile). Each test's name is the claim.
 */
#define _GNU_SOURCE /* syscall */

#include "process_check.h"
#include "queue_check.h"

#include "lib/lock.h"
#include "lib/process_inside.h"
#include "lib/queue_inside.h"
#include "lib/worker.h"

/* ---- Failing on demand ---- */

static atomic_int before_it_fails; /* calls that succeed; below 0: all do */
static atomic_int blocks;          /* of memory that are in use */
static bool refuse_mutex;
static bool refuse_thread;
static void (*while_asleep)(void); /* a wait then takes too long */
static void (*when_unlocked)(void);
static void (*while_napping)(void);
static int naps;

static bool fails(void)
{
    return atomic_load(&before_it_fails) >= 0 && atomic_fetch_sub(&before_it_fails, 1) == 0;
}

static void *counted(void *memory)
{
    atomic_fetch_add(&blocks, memory != NULL);
    return memory;
}

void *__real_malloc(size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_malloc(size_t size)
{
    return fails() ? NULL : counted(__real_malloc(size));
}

void *__real_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size);
void *__wrap_calloc(size_t count, size_t size)
{
    return fails() ? NULL : counted(__real_calloc(count, size));
}

void *__real_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size);
void *__wrap_realloc(void *old, size_t size)
{
    if (fails())
        return NULL;
    return old == NULL ? counted(__real_realloc(old, size)) : __real_realloc(old, size);
}

/* What is written to it is one block when it is closed. */
FILE *__real_open_memstream(char **text, size_t *size);
FILE *__wrap_open_memstream(char **text, size_t *size);
FILE *__wrap_open_memstream(char **text, size_t *size)
{
    if (fails()) {
        errno = ENOMEM;
        return NULL;
    }
    return counted(__real_open_memstream(text, size));
}

void __real_free(void *memory);
void __wrap_free(void *memory);
void __wrap_free(void *memory)
{
    atomic_fetch_sub(&blocks, memory != NULL);
    __real_free(memory);
}

int __real_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *how);
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *how);
int __wrap_pthread_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *how)
{
    return refuse_mutex ? EAGAIN : __real_pthread_mutex_init(mutex, how);
}

int __real_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex);
int __wrap_pthread_mutex_unlock(pthread_mutex_t *mutex)
{
    void (*happens)(void) = when_unlocked;
    int err = __real_pthread_mutex_unlock(mutex);

    if (happens != NULL) {
        when_unlocked = NULL;
        happens();
    }
    return err;
}

int __real_pthread_create(pthread_t *id, const pthread_attr_t *how, void *(*run)(void *),
                          void *arg);
int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *how, void *(*run)(void *),
                          void *arg);
int __wrap_pthread_create(pthread_t *id, const pthread_attr_t *how, void *(*run)(void *), void *arg)
{
    return refuse_thread ? EAGAIN : __real_pthread_create(id, how, run, arg);
}

/* Its time is over; but before the thread knows, something happens. */
int __real_queue_sleep(struct queue_sleep *s, const struct timespec *deadline);
int __wrap_queue_sleep(struct queue_sleep *s, const struct timespec *deadline);
int __wrap_queue_sleep(struct queue_sleep *s, const struct timespec *deadline)
{
    void (*happens)(void) = while_asleep;

    if (happens == NULL)
        return __real_queue_sleep(s, deadline);
    while_asleep = NULL;
    happens();
    return ETIMEDOUT;
}

int __real_poll(struct pollfd *fds, nfds_t count, int ms);
int __wrap_poll(struct pollfd *fds, nfds_t count, int ms);
int __wrap_poll(struct pollfd *fds, nfds_t count, int ms)
{
    naps++;
    if (while_napping != NULL)
        while_napping();
    return __real_poll(fds, count, ms);
}

static const struct timespec *standing; /* the time, when the clock does not go on */

int __real_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now);
int __wrap_clock_gettime(clockid_t clock, struct timespec *now)
{
    if (standing == NULL)
        return __real_clock_gettime(clock, now);
    *now = *standing;
    return 0;
}

static int setup(void **state)
{
    atomic_store(&before_it_fails, -1);
    atomic_store(&blocks, 0);
    naps = 0;
    while_asleep = while_napping = NULL;
    return note_descriptors(state);
}

static int teardown(void **state)
{
    atomic_store(&before_it_fails, -1);
    refuse_mutex = refuse_thread = false;
    standing = NULL;
    assert_int_equal(atomic_load(&blocks), 0);
    return expect_nothing_left(state);
}

FIXTURE(setup, teardown);

/* ---- The queue ---- */

static struct queue q;

TEST(a_queue_without_a_ring_is_enomem)
{
    atomic_store(&before_it_fails, 0);
    assert_int_equal(queue_init(&q, 3), ENOMEM);
}

TEST(a_queue_without_a_lock_leaves_no_ring)
{
    refuse_mutex = true;
    assert_int_equal(queue_init(&q, 3), EAGAIN);
    assert_int_equal(atomic_load(&blocks), 0);
}

TEST(what_finds_no_room_is_enomem_and_all_else_is_kept)
{
    void *item = NULL;
    size_t count = 0, put = 77;

    assert_int_equal(queue_init(&q, QUEUE_UNBOUNDED), 0);
    atomic_store(&before_it_fails, 0);
    while (atomic_load(&before_it_fails) == 0)
        if (queue_put(&q, number(count), NULL) == 0)
            count++;
    assert_int_equal(queue_size(&q), count);
    atomic_store(&before_it_fails, 0);
    assert_int_equal(queue_put_many(&q, (void *[]){&q, &q}, 2, &put, NULL), ENOMEM);
    assert_int_equal(put, 0);
    assert_int_equal(queue_put(&q, number(count++), NULL), 0); /* now there is memory */
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(queue_try_get(&q, &item), 0);
        assert_item(item, i);
    }
    assert_int_equal(queue_try_get(&q, &item), EAGAIN);
    assert_int_equal(queue_destroy(&q), 0);
}

/* Many in, all out: the ring is not kept as large as it once had to be. */
static void fill_and_drain(size_t items)
{
    void *item;

    for (size_t i = 0; i < items; i++)
        assert_int_equal(queue_put(&q, number(i), NULL), 0);
    while (queue_try_get(&q, &item) == 0)
        continue;
}

TEST(a_crowd_that_has_gone_leaves_no_room_behind)
{
    assert_int_equal(queue_init(&q, QUEUE_UNBOUNDED), 0);
    fill_and_drain(100000);
    assert_true(q.room < 10000);
    fill_and_drain(100000);
    assert_true(q.room < 10000);
    for (size_t i = 0; i < 100000; i++)
        assert_int_equal(queue_put(&q, number(i), NULL), 0);
    for (void *item; queue_size(&q) > 0;)
        assert_int_equal(queue_try_get(&q, &item), 0);
    atomic_store(&before_it_fails, 0); /* even giving back needs some */
    assert_int_equal(queue_try_get(&q, (void *[]){NULL}), EAGAIN);
    atomic_store(&before_it_fails, -1);
    fill_and_drain(10);
    assert_int_equal(queue_destroy(&q), 0);
}

/* ---- Just in time ---- */

static void put_five(void)
{
    assert_int_equal(queue_put(&q, number(5), NULL), 0);
}

static void get_one(void)
{
    void *item;

    assert_int_equal(queue_get(&q, &item, NULL), 0);
}

static void finish_one(void)
{
    assert_int_equal(queue_task_done(&q), 0);
}

static void close_it(void)
{
    queue_close(&q);
}

static void do_nothing(void)
{
}

/* The time is over, but the item came before the thread could leave the line. */
TEST(a_late_item_beats_the_deadline)
{
    void *item = &q;

    assert_int_equal(queue_init(&q, 1), 0);
    while_asleep = put_five;
    assert_int_equal(queue_get(&q, &item, &long_ago), 0);
    assert_item(item, 5);
    assert_int_equal(queue_size(&q), 0);
    while_asleep = do_nothing;
    assert_int_equal(queue_get(&q, &item, &long_ago), ETIMEDOUT);
    assert_int_equal(queue_destroy(&q), 0); /* nobody stands in line */
}

TEST(late_room_beats_the_deadline)
{
    void *item = NULL;

    assert_int_equal(queue_init(&q, 1), 0);
    assert_int_equal(queue_put(&q, number(1), NULL), 0);
    while_asleep = get_one;
    assert_int_equal(queue_put(&q, number(2), &long_ago), 0);
    assert_int_equal(queue_get(&q, &item, NULL), 0);
    assert_item(item, 2);
    assert_int_equal(queue_destroy(&q), 0);
}

TEST(the_last_task_done_beats_the_deadline)
{
    assert_int_equal(queue_init(&q, 1), 0);
    assert_int_equal(queue_put(&q, number(1), NULL), 0);
    while_asleep = finish_one;
    assert_int_equal(queue_join(&q, &long_ago), 0);
    assert_int_equal(queue_destroy(&q), 0);
}

TEST(a_late_close_beats_the_deadline)
{
    void *item = &q;

    assert_int_equal(queue_init(&q, 1), 0);
    while_asleep = close_it;
    assert_int_equal(queue_get(&q, &item, &long_ago), EPIPE);
    assert_ptr_equal(item, &q);
    assert_int_equal(queue_destroy(&q), 0);
}

TEST(at_the_deadline_itself_it_has_passed)
{
    static const struct timespec now = {1000, 999999999};

    standing = &now;
    assert_true(clock_passed(now));
    assert_false(clock_passed((struct timespec){1001, 0}));
    assert_int_equal(clock_after_ms(1).tv_sec, 1001);
    assert_int_equal(clock_after_ms(1).tv_nsec, 999999);
}

/* Rounded down, the last millisecond would be a loop that uses the processor. */
TEST(what_is_left_of_a_millisecond_is_waited_for)
{
    static const struct timespec now = {1000, 0}, later = {1000, 999999}, end = {1000, 1000000};
    int64_t deadline;

    standing = &now;
    deadline = process_deadline(1);
    assert_int_equal(process_ms_until(deadline), 1);
    standing = &later;
    assert_int_equal(process_ms_until(deadline), 1);
    standing = &end;
    assert_int_equal(process_ms_until(deadline), 0);
}

/* ---- Threads, locks and workers ---- */

static void *nothing_to_do(void *arg, struct thread_error *error)
{
    (void)error;
    return arg;
}

TEST(a_thread_that_cannot_be_made_is_none)
{
    struct thread thread;

    refuse_thread = true;
    assert_int_equal(thread_start(&thread, "none", nothing_to_do, NULL), EAGAIN);
    assert_int_equal(thread_join(&thread, NULL, NULL), EINVAL);
}

TEST(a_lock_that_cannot_be_made_says_why)
{
    struct lock lock;

    refuse_mutex = true;
    assert_int_equal(lock_init(&lock, "none", 1), EAGAIN);
}

static struct worker workers[3];

static void *give_back(void *item, void *context, struct thread_error *error)
{
    (void)context, (void)error;
    return item;
}

TEST(the_workers_that_could_be_started_work)
{
    assert_int_equal(queue_init(&q, 1), 0);
    atomic_store(&before_it_fails, 1); /* enough for the first */
    assert_int_equal(workers_start(workers, 3, NULL, give_back, NULL, &q, NULL), ENOMEM);
    assert_int_equal(workers_running(workers, 3), 1);
    put_five();
    assert_int_equal(workers_stop(workers, 3, NULL), 0);
    assert_int_equal(queue_size(&q), 0);
    assert_int_equal(queue_destroy(&q), 0);
}

TEST(workers_without_a_thread_keep_no_memory)
{
    assert_int_equal(queue_init(&q, 1), 0);
    refuse_thread = true;
    assert_int_equal(workers_start(workers, 3, NULL, give_back, NULL, &q, NULL), EAGAIN);
    assert_int_equal(workers_stop(workers, 3, NULL), 0);
    assert_int_equal(queue_destroy(&q), 0);
}

/* Its failure is noted, and there is no memory for the next one. */
static void *fail_and_take_the_memory(void *item, void *context, struct thread_error *error)
{
    (void)context;
    atomic_store(&before_it_fails, 0);
    return thread_fail(error, EDOM, "no %zu", (size_t)(uintptr_t)item);
}

TEST(a_worker_without_memory_closes_its_queue_and_loses_nothing)
{
    struct worker_failure *failures = NULL;

    assert_int_equal(queue_init(&q, 2), 0);
    put_five();
    put_five();
    assert_int_equal(workers_start(workers, 1, NULL, fail_and_take_the_memory, NULL, &q, NULL), 0);
    while (queue_put(&q, number(7), NULL) == 0) /* until it has gone home */
        continue;
    assert_int_equal(workers_stop(workers, 1, &failures), EDOM);
    assert_item(failures->item, 5);
    assert_null(failures->next);
    worker_failures_free(failures);
    assert_int_equal(queue_put(&q, number(8), NULL), EPIPE);
    queue_close_now(&q, NULL, NULL);
    assert_int_equal(queue_destroy(&q), 0);
}

/* ---- Processes ---- */

static struct process child;
static struct process_result result;

/* Did what was to fail, fail? Then there may be more to be made to. */
static bool has_failed(void)
{
    return atomic_exchange(&before_it_fails, -1) < 0;
}

/* Whichever it is; if it was for the words of a message, only they are missing. */
TEST(each_missing_block_of_a_run_is_enomem)
{
    bool failed = true;

    for (int i = 0; failed; i++) {
        int err;

        atomic_store(&before_it_fails, i);
        err = PROCESS_RUN(&result, PROCESS_ARGV("cat"), .input = "in", .input_size = 2,
                          .capture_output = true, .env_changes = PROCESS_ARGV("A=b"));
        failed = has_failed();
        if (err == 0)
            assert_string_equal(result.out, "in");
        else
            assert_int_equal(err, ENOMEM);
        assert_true(err == 0 || failed);
        process_result_destroy(&result);
        assert_int_equal(atomic_load(&blocks), 0);
    }
}

TEST(output_that_finds_no_memory_ends_the_child)
{
    bool failed = true;
    int err = 0, lost = 0;

    for (int i = 0; failed; i++) {
        assert_int_equal(PROCESS_START(&child, SH("head -c 300000 /dev/zero; exec cat"),
                                       .stdout_to = PROCESS_PIPE, .stdin_from = PROCESS_PIPE),
                         0);
        atomic_store(&before_it_fails, i);
        err = process_communicate(&child, NULL, 0, PROCESS_FOREVER);
        failed = has_failed();
        lost += err == ENOMEM;
        assert_true(err == 0 || (failed && err == ENOMEM));
        assert_null(strstr(child.result.message, "could not be run"));
        process_destroy(&child);
        assert_int_equal(atomic_load(&blocks), 0);
    }
    assert_true(lost > 0);
}

static int busy_fd;

static void close_at_the_third_nap(void)
{
    if (naps == 3)
        close(busy_fd);
}

/* Another process that is just being started may hold it open for a moment. */
TEST(a_program_that_is_still_written_to_is_waited_for)
{
    char path[] = "/tmp/heddle-busy.XXXXXX";
    int fd;

    skip_under_valgrind();
    fd = mkstemp(path);
    assert_true(fd >= 0 && write(fd, "#!/bin/sh\nexit 4\n", 17) == 17 && fchmod(fd, 0700) == 0);
    busy_fd = fcntl(fd, F_DUPFD_CLOEXEC, 10);
    close(fd);
    while_napping = close_at_the_third_nap;
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV(path)), 0);
    assert_int_equal(naps, 3);
    process_destroy(&child);
    unlink(path);
}

/* At first a millisecond, then twice as long and again: not one after the other. */
TEST(a_wait_without_its_descriptor_naps)
{
    assert_int_equal(PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE), 0);
    process_close(&child.own.pidfd); /* as a program does that closes what it does not know */
    child.own.pidfd = 1000000;
    assert_int_equal(process_wait(&child, 200, NULL), ETIMEDOUT);
    assert_true(naps <= 2 * (5 + 200 / 16 + 1));
    child.own.pidfd = -1;
    process_destroy(&child);
}

/* In a fork: descriptors are few, and 0 and 1 are free. */
static int open_a_pipe_of_low_ends(rlim_t most, struct process_options options)
{
    struct rlimit limit = {.rlim_cur = most, .rlim_max = most};
    int err, count = 0;

    close(STDIN_FILENO);
    close(STDOUT_FILENO);
    for (int fd = 3; fd < 1024; fd++)
        close(fd);
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        return 77;
    err = process_start(&child, PROCESS_ARGV("true"), &options);
    for (int fd = 0; fd < 1024; fd++)
        count += fcntl(fd, F_GETFD) >= 0;
    return err != EMFILE ? 1 : count != 1 ? 2 : 0;
}

static int no_number_above_two(void)
{
    return open_a_pipe_of_low_ends(3, (struct process_options){.stdout_to = PROCESS_PIPE});
}

static int one_number_above_two(void)
{
    return open_a_pipe_of_low_ends(4, (struct process_options){.stdout_to = PROCESS_PIPE});
}

/* Here nobody but the opener closes the end that was moved. One number more is
 * taken: what was closed becomes /dev/null. */
static int one_number_for_the_pipe_to_report(void)
{
    setenv("PROCESS_SPAWN", "fork", 1);
    return open_a_pipe_of_low_ends(5, (struct process_options){0});
}

TEST(pipe_ends_that_cannot_be_moved_up_are_emfile_and_closed)
{
    skip_under_valgrind(); /* it needs descriptors itself */
    expect_zero_in_a_fork(no_number_above_two);
    expect_zero_in_a_fork(one_number_above_two);
    expect_zero_in_a_fork(one_number_for_the_pipe_to_report);
}

static bool is_stopped(pid_t pid)
{
    char path[64], line[512] = "";
    const char *end;
    FILE *stat;

    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    stat = fopen(path, "r");
    assert_non_null(stat);
    assert_non_null(fgets(line, sizeof line, stat));
    fclose(stat);
    end = strrchr(line, ')');
    return end != NULL && strncmp(end, ") T", 3) == 0;
}

/* The child is told to start one more, and does so if it can. */
static void ask_for_one_more(void)
{
    struct pollfd up = {.fd = child.stdout_fd, .events = POLLIN};

    assert_int_equal(process_write(&child, "now\n", 4), 0);
    while (!is_stopped(child.pid) && __real_poll(&up, 1, 1) == 0)
        ;
}

/* Between the list of who is below and the signal. */
TEST(who_is_started_while_a_grace_begins_ends_as_well)
{
    struct pollfd up = {.events = POLLIN};
    char said[8] = "";

    assert_int_equal(PROCESS_START(&child,
                                   SH("sleep 100000 >&- & echo up; read now; "
                                      "setsid sleep 100000 & echo more; wait"),
                                   .stdin_from = PROCESS_PIPE, .stdout_to = PROCESS_PIPE,
                                   .end_tree = true),
                     0);
    assert_int_equal(read(child.stdout_fd, said, 3), 3);
    when_unlocked = ask_for_one_more;
    assert_int_equal(process_stop(&child, 600000, NULL), 0);
    assert_null(when_unlocked);
    up.fd = child.stdout_fd;
    while (read(child.stdout_fd, said, sizeof said) > 0)
        ; /* until nobody has the other end */
    assert_int_equal(__real_poll(&up, 1, 0), 1);
    assert_int_equal(up.revents & POLLHUP, POLLHUP);
    process_destroy(&child);
}

int main(void)
{
    setenv("PROCESS_SPAWN", "clone", 1);
    limit_time();
    return tests_run(NULL, NULL);
}
