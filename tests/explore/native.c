/*
 * Linked to a program of the corpus that was compiled as usual, this runs it
 * NATIVE_RUNS times, each in a process of its own, and prints what was seen:
 * "exit 0|OUTPUT" or "signal 6|OUTPUT" with a NUL behind it, each once.
 *
 * The machine alone would show few orders. So the program is compiled with
 * -fsanitize=thread, and what is called before each access now and then lets
 * other threads run first: each run has a seed of its own. Atomic accesses keep
 * the order that they ask for, and no less than the machine gives them.
 */
#define _GNU_SOURCE
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SEEN_MOST = 64, OUTPUT_MOST = 4096 };

static char seen[SEEN_MOST][OUTPUT_MOST + 32];
static int seen_count;
static _Thread_local uint64_t chance;
static uint64_t seed;

/* xorshift64, Marsaglia 2003. */
static uint64_t next_chance(void)
{
    if (chance == 0)
        chance = seed ^ (uint64_t)(uintptr_t)&chance ^ UINT64_C(0x9e3779b97f4a7c15);
    chance ^= chance << 13;
    chance ^= chance >> 7;
    return chance ^= chance << 17;
}

/* Not with nanosleep(3), where a thread may be cancelled. */
static void maybe_wait(void)
{
    uint64_t dice = next_chance() % 64;

    if (dice < 8)
        sched_yield();
    else if (dice < 14)
        syscall(SYS_nanosleep, &(struct timespec){.tv_nsec = (long)(chance >> 8) % 100000}, NULL);
}

/* What the compiler calls ------------------------------------------------------------ */

#define ACCESS(name) \
    void __tsan_##name(void *at); \
    void __tsan_##name(void *at) \
    { \
        (void)at; \
        maybe_wait(); \
    }
ACCESS(read1)
ACCESS(read2)
ACCESS(read4)
ACCESS(read8)
ACCESS(read16)
ACCESS(write1)
ACCESS(write2)
ACCESS(write4)
ACCESS(write8)
ACCESS(write16)
ACCESS(unaligned_read2)
ACCESS(unaligned_read4)
ACCESS(unaligned_read8)
ACCESS(unaligned_read16)
ACCESS(unaligned_write2)
ACCESS(unaligned_write4)
ACCESS(unaligned_write8)
ACCESS(unaligned_write16)
ACCESS(func_entry)

void __tsan_init(void);
void __tsan_init(void)
{
}

void __tsan_func_exit(void);
void __tsan_func_exit(void)
{
}

/* C++: a pointer to virtual functions is about to be set, or was read. */
void __tsan_vptr_update(void **at, void *value);
void __tsan_vptr_update(void **at, void *value)
{
    (void)at, (void)value;
}

void __tsan_vptr_read(void **at);
void __tsan_vptr_read(void **at)
{
    (void)at;
}

#define RANGE(name) \
    void __tsan_##name(void *at, size_t size); \
    void __tsan_##name(void *at, size_t size) \
    { \
        (void)at, (void)size; \
        maybe_wait(); \
    }
RANGE(read_range)
RANGE(write_range)

void __tsan_atomic_thread_fence(int order);
void __tsan_atomic_thread_fence(int order)
{
    if (order == __ATOMIC_SEQ_CST)
        __atomic_thread_fence(__ATOMIC_SEQ_CST);
    else
        __atomic_thread_fence(__ATOMIC_ACQ_REL);
}

void __tsan_atomic_signal_fence(int order);
void __tsan_atomic_signal_fence(int order)
{
    (void)order;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
}

#define UPDATE(bits, type, name, builtin) \
    type __tsan_atomic##bits##_##name(volatile type *at, type value, int order); \
    type __tsan_atomic##bits##_##name(volatile type *at, type value, int order) \
    { \
        (void)order; \
        maybe_wait(); \
        return builtin(at, value, __ATOMIC_SEQ_CST); \
    }
#define SWAP(bits, type, strength) \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *at, type *expected, \
                                                          type wanted, int order, \
                                                          int failure_order); \
    int __tsan_atomic##bits##_compare_exchange_##strength(volatile type *at, type *expected, \
                                                          type wanted, int order, \
                                                          int failure_order) \
    { \
        (void)order, (void)failure_order; \
        maybe_wait(); \
        return __atomic_compare_exchange_n(at, expected, wanted, 0, __ATOMIC_SEQ_CST, \
                                           __ATOMIC_SEQ_CST); \
    }
#define ATOMICS(bits, type) \
    type __tsan_atomic##bits##_load(const volatile type *at, int order); \
    type __tsan_atomic##bits##_load(const volatile type *at, int order) \
    { \
        maybe_wait(); \
        return order == __ATOMIC_SEQ_CST ? __atomic_load_n(at, __ATOMIC_SEQ_CST) \
                                         : __atomic_load_n(at, __ATOMIC_ACQUIRE); \
    } \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order); \
    void __tsan_atomic##bits##_store(volatile type *at, type value, int order) \
    { \
        maybe_wait(); \
        if (order == __ATOMIC_SEQ_CST) \
            __atomic_store_n(at, value, __ATOMIC_SEQ_CST); \
        else \
            __atomic_store_n(at, value, __ATOMIC_RELEASE); \
    } \
    UPDATE(bits, type, exchange, __atomic_exchange_n) \
    UPDATE(bits, type, fetch_add, __atomic_fetch_add) \
    UPDATE(bits, type, fetch_sub, __atomic_fetch_sub) \
    UPDATE(bits, type, fetch_and, __atomic_fetch_and) \
    UPDATE(bits, type, fetch_or, __atomic_fetch_or) \
    UPDATE(bits, type, fetch_xor, __atomic_fetch_xor) \
    UPDATE(bits, type, fetch_nand, __atomic_fetch_nand) \
    SWAP(bits, type, strong) \
    SWAP(bits, type, weak)
ATOMICS(8, int8_t)
ATOMICS(16, int16_t)
ATOMICS(32, int32_t)
ATOMICS(64, int64_t)
__extension__ typedef __int128 int128;
ATOMICS(128, int128)

/* The runs --------------------------------------------------------------------------- */

/* Most runs wait now and then, so a few are on their way together. Who has not ended after
 * a while sleeps, maybe for seconds, and keeps no other from being begun. */
enum { AT_ONCE = 8, AT_ONCE_ASLEEP = 256, ASLEEP_MS = 20 };

static struct run {
    pid_t child;
    int from; /* what it prints */
} runs[AT_ONCE_ASLEEP];

static unsigned first_run, next_run; /* those on their way, as they were begun */

static struct run *run_at(unsigned number)
{
    return &runs[number % AT_ONCE_ASLEEP];
}

static void note(const char *text)
{
    for (int i = 0; i < seen_count; i++)
        if (strcmp(seen[i], text) == 0)
            return;
    if (seen_count < SEEN_MOST)
        strcpy(seen[seen_count++], text);
}

/* Of the oldest: its output, and how it ended. */
static void take(void)
{
    static char output[OUTPUT_MOST], text[OUTPUT_MOST + 32];
    const struct run *run = run_at(first_run++);
    size_t size = 0;
    ssize_t got;
    int status;

    while (size < sizeof output - 1 &&
           (got = read(run->from, output + size, sizeof output - 1 - size)) > 0)
        size += (size_t)got;
    output[size] = '\0';
    close(run->from);
    waitpid(run->child, &status, 0);
    if (WIFSIGNALED(status))
        sprintf(text, "signal %d|%s", WTERMSIG(status), output);
    else
        sprintf(text, "exit %d|%s", WEXITSTATUS(status), output);
    note(text);
}

/* The oldest, for so long. */
static bool is_asleep(void)
{
    int process = (int)syscall(SYS_pidfd_open, run_at(first_run)->child, 0);
    bool asleep = process >= 0 && poll(&(struct pollfd){process, POLLIN, 0}, 1, ASLEEP_MS) == 0;

    close(process);
    return asleep;
}

/* Until another may be begun. */
static void take_some(void)
{
    while (next_run - first_run >= AT_ONCE &&
           (next_run - first_run == AT_ONCE_ASLEEP || !is_asleep()))
        take();
}

/* A program may print the number of a file: it has none but its streams. */
static void become_program(int number, const int ends[2])
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    seed = (uint64_t)number * UINT64_C(0x9e3779b97f4a7c15) + 1;
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    close(ends[1]);
    for (unsigned i = first_run; i != next_run; i++)
        close(run_at(i)->from);
}

/* True in the process that is to be the program. */
static bool start(int number)
{
    struct run *run = run_at(next_run);
    int ends[2];

    if (pipe(ends) != 0 || (run->child = fork()) < 0)
        exit(2);
    if (run->child == 0) {
        become_program(number, ends);
        return true;
    }
    close(ends[1]);
    run->from = ends[0];
    next_run++;
    return false;
}

__attribute__((constructor)) static void begin(void)
{
    const char *count = getenv("NATIVE_RUNS");

    if (count == NULL)
        return;
    for (int i = 0; i < atoi(count); i++) {
        take_some();
        if (start(i))
            return;
    }
    while (first_run != next_run)
        take();
    for (int i = 0; i < seen_count; i++)
        fwrite(seen[i], 1, strlen(seen[i]) + 1, stdout);
    fflush(stdout);
    _exit(0);
}
