/*
 * Linked to a program of the corpus that was compiled as usual, this runs it
 * NATIVE_RUNS times, each in a process of its own, and prints what was seen:
 * "exit 0|OUTPUT" or "signal 6|OUTPUT" with a NUL behind it, each once.
 *
 * The machine alone would show few orders. So every basic block of the program
 * calls __sanitizer_cov_trace_pc (-fsanitize-coverage=trace-pc), which now and
 * then lets other threads run first: each run has a seed of its own.
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
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SEEN_MOST = 64, OUTPUT_MOST = 4096 };

static char seen[SEEN_MOST][OUTPUT_MOST + 32];
static int seen_count;
static _Thread_local uint64_t chance;
static uint64_t seed;

void __sanitizer_cov_trace_pc(void);

/* xorshift64, Marsaglia 2003. */
__attribute__((no_sanitize_coverage)) static uint64_t next_chance(void)
{
    if (chance == 0)
        chance = seed ^ (uint64_t)(uintptr_t)&chance ^ UINT64_C(0x9e3779b97f4a7c15);
    chance ^= chance << 13;
    chance ^= chance >> 7;
    return chance ^= chance << 17;
}

__attribute__((no_sanitize_coverage)) void __sanitizer_cov_trace_pc(void)
{
    uint64_t dice = next_chance() % 64;

    if (dice < 4)
        sched_yield();
    else if (dice == 4)
        nanosleep(&(struct timespec){.tv_nsec = 20000}, NULL);
}

/* The output of one run, and how it ended. */
static void watch(pid_t child, int from, char *text)
{
    char output[OUTPUT_MOST];
    size_t size = 0;
    ssize_t got;
    int status;

    while (size < sizeof output - 1 &&
           (got = read(from, output + size, sizeof output - 1 - size)) > 0)
        size += (size_t)got;
    output[size] = '\0';
    close(from);
    waitpid(child, &status, 0);
    if (WIFSIGNALED(status))
        sprintf(text, "signal %d|%s", WTERMSIG(status), output);
    else
        sprintf(text, "exit %d|%s", WEXITSTATUS(status), output);
}

static void note(const char *text)
{
    for (int i = 0; i < seen_count; i++)
        if (strcmp(seen[i], text) == 0)
            return;
    if (seen_count < SEEN_MOST)
        strcpy(seen[seen_count++], text);
}

/* True in the process that is to be the program. */
static bool run_once(int number)
{
    static char text[OUTPUT_MOST + 32];
    int ends[2];
    pid_t child;

    if (pipe(ends) != 0 || (child = fork()) < 0)
        exit(2);
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        seed = (uint64_t)number * UINT64_C(0x9e3779b97f4a7c15) + 1;
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        return true;
    }
    close(ends[1]);
    watch(child, ends[0], text);
    note(text);
    return false;
}

__attribute__((constructor)) static void begin(void)
{
    const char *runs = getenv("NATIVE_RUNS");

    if (runs == NULL)
        return;
    for (int i = 0; i < atoi(runs); i++)
        if (run_once(i))
            return;
    for (int i = 0; i < seen_count; i++)
        fwrite(seen[i], 1, strlen(seen[i]) + 1, stdout);
    fflush(stdout);
    _exit(0);
}
