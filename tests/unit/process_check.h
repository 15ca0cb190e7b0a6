/*
 * What the tests of lib/process share: the same descriptors and no child
 * before and after each test, and every way to make a child in turn.
 */
#ifndef HEDDLE_TESTS_PROCESS_CHECK_H
#define HEDDLE_TESTS_PROCESS_CHECK_H

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lib/clock.h"
#include "lib/process.h"
#include "tests.h"
#include "under_valgrind.h"

#define SH(script) PROCESS_ARGV("sh", "-c", script)

/* May be destroyed, whatever became of the test before it was started. */
static const struct process no_process = {.stdin_fd = -1,
                                          .stdout_fd = -1,
                                          .stderr_fd = -1,
                                          .own = {.pidfd = -1, .reaped = true}};

static int descriptors_before;

static inline int open_descriptors(void)
{
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;

    assert_non_null(dir);
    while (readdir(dir) != NULL)
        count++;
    closedir(dir);
    return count;
}

/* No judgement: a test that takes as long as this will never end. */
enum { HANG_SECONDS = 600 };

static int leash[2];

/*
 * ON_LEASH(WORDS) runs WORDS beside the child, with all its streams, until the
 * test lets go: who waits for that, waits for ever. The child's stdin is to be
 * leash[0].
 */
#define ON_LEASH(words) "exec 9<&0; " words " <&9 & "

static inline void take_leash(void)
{
    assert_int_equal(pipe2(leash, O_CLOEXEC), 0);
    alarm(HANG_SECONDS);
}

static inline void let_go(void)
{
    close(leash[0]);
    close(leash[1]);
    alarm(0);
}

/* Of the call that is tried; given back behind each test. */
static struct process_result result;

/* Every test begins and ends with the same descriptors and without a child. */
static inline int note_descriptors(void **state)
{
    (void)state;
    descriptors_before = open_descriptors();
    return 0;
}

static inline int expect_nothing_left(void **state)
{
    (void)state;
    process_result_destroy(&result);
    assert_int_equal(open_descriptors(), descriptors_before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    return 0;
}

/* For what would disturb the tests after it: run in a child of the test. */
static inline void expect_zero_in_a_fork(int (*run)(void))
{
    pid_t pid = fork();
    int status;

    if (pid == 0)
        _exit(run());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static inline uint64_t status_set(const char *status, const char *name)
{
    const char *at = strstr(status, name);

    assert_non_null(at);
    return strtoull(at + strlen(name), NULL, 16);
}

#if defined __has_feature
#if __has_feature(thread_sanitizer)
#define __SANITIZE_THREAD__ 1
#endif
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

#if defined __SANITIZE_THREAD__ || defined __SANITIZE_ADDRESS__
enum { SANITIZED = 1 };
#else
enum { SANITIZED = 0 };
#endif

/* It dies of an exec that fails in a way which it did not foresee, and is slow. */
static inline void skip_under_valgrind(void)
{
    if (under_valgrind())
        skip();
}

/* Whether children share our memory until they execute: see process.h. */
static inline int spawns_by_clone(void)
{
#ifdef __SANITIZE_THREAD__
    return 0;
#else
    return strcmp(getenv("PROCESS_SPAWN"), "clone") == 0 && !under_valgrind();
#endif
}

/* Valgrind 3.19 does not know pidfd_open(2), nor does every sandbox. */
static inline int has_pidfds(void)
{
#ifdef SYS_pidfd_open
    int fd = strcmp(getenv("PROCESS_SPAWN"), "portable") != 0
                 ? (int)syscall(SYS_pidfd_open, getpid(), 0)
                 : -1;

    if (fd >= 0)
        close(fd);
    return fd >= 0;
#else
    return 0;
#endif
}

/* How it ended, when somebody else has waited for it: the pidfd remembers, since Linux 6.15. */
static inline int if_remembered(int returncode)
{
    struct utsname system;
    int major = 0, minor = 0;

    uname(&system);
    sscanf(system.release, "%d.%d", &major, &minor);
    return has_pidfds() && major * 1000 + minor >= 6015 ? returncode : PROCESS_UNKNOWN;
}

/* All tests, once with each way to make a child. */
static inline int run_in_each_mode(void)
{
    static const char *const modes[] = {"clone", "fork", "portable"};
    int failed = 0;

    for (int i = 0; i < 3; i++) {
        setenv("PROCESS_SPAWN", modes[i], 1);
        failed += tests_run_as(modes[i], NULL, NULL);
    }
    return failed;
}

#endif
