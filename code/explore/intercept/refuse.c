/*
 * What cannot be explored is refused by its name: other processes, signals,
 * and calls that wait for something outside of the program.
 */
#define _GNU_SOURCE
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <threads.h>
#include <unistd.h>

#include "explore/run/scheduler.h"

#define REFUSE(type, name, parameters) \
    type name parameters \
    { \
        run_refuse(HERE, "calls %s", #name); \
    }

#pragma GCC diagnostic ignored "-Wunused-parameter"

/* Other processes ------------------------------------------------------------- */

REFUSE(pid_t, fork, (void))
REFUSE(pid_t, vfork, (void))
REFUSE(int, execve, (const char *path, char *const argv[], char *const envp[]))
REFUSE(int, execv, (const char *path, char *const argv[]))
REFUSE(int, execvp, (const char *file, char *const argv[]))
REFUSE(int, posix_spawn,
       (pid_t *restrict pid, const char *restrict path,
        const posix_spawn_file_actions_t *restrict actions, const posix_spawnattr_t *restrict attr,
        char *const argv[restrict], char *const envp[restrict]))
REFUSE(int, posix_spawnp,
       (pid_t *restrict pid, const char *restrict file,
        const posix_spawn_file_actions_t *restrict actions, const posix_spawnattr_t *restrict attr,
        char *const argv[restrict], char *const envp[restrict]))
REFUSE(int, system, (const char *command))
REFUSE(FILE *, popen, (const char *command, const char *mode))
REFUSE(pid_t, wait, (int *status))
REFUSE(pid_t, waitpid, (pid_t pid, int *status, int options))
REFUSE(int, waitid, (idtype_t type, id_t id, siginfo_t *info, int options))

/* Signals --------------------------------------------------------------------- */

REFUSE(int, kill, (pid_t pid, int signal_number))
REFUSE(int, pthread_kill, (pthread_t thread, int signal_number))
REFUSE(int, sigsuspend, (const sigset_t *mask))
REFUSE(int, sigwait, (const sigset_t *restrict set, int *restrict signal_number))
REFUSE(int, sigwaitinfo, (const sigset_t *restrict set, siginfo_t *restrict info))
REFUSE(int, sigtimedwait,
       (const sigset_t *restrict set, siginfo_t *restrict info,
        const struct timespec *restrict limit))
REFUSE(int, pause, (void))
REFUSE(int, timer_create,
       (clockid_t clock, struct sigevent *restrict event, timer_t *restrict timer))

/* Waiting for the world outside ------------------------------------------------ */

REFUSE(int, poll, (struct pollfd * fds, nfds_t count, int timeout))
REFUSE(int, ppoll,
       (struct pollfd * fds, nfds_t count, const struct timespec *timeout, const sigset_t *mask))
REFUSE(int, select,
       (int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
        struct timeval *restrict timeout))
REFUSE(int, pselect,
       (int count, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
        const struct timespec *restrict timeout, const sigset_t *restrict mask))
REFUSE(int, epoll_wait, (int epoll, struct epoll_event *events, int most, int timeout))
REFUSE(int, accept, (int fd, __SOCKADDR_ARG address, socklen_t *restrict size))
REFUSE(int, connect, (int fd, __CONST_SOCKADDR_ARG address, socklen_t size))
REFUSE(ssize_t, recv, (int fd, void *bytes, size_t size, int flags))
REFUSE(ssize_t, send, (int fd, const void *bytes, size_t size, int flags))
REFUSE(ssize_t, readv, (int fd, const struct iovec *parts, int count))
REFUSE(ssize_t, writev, (int fd, const struct iovec *parts, int count))
REFUSE(ssize_t, mq_receive, (mqd_t queue, char *bytes, size_t size, unsigned *priority))

/* Threads, in ways that are not modelled ----------------------------------------- */

REFUSE(int, thrd_create, (thrd_t * thread, thrd_start_t routine, void *argument))
REFUSE(int, pthread_tryjoin_np, (pthread_t thread, void **result))
REFUSE(int, pthread_timedjoin_np, (pthread_t thread, void **result, const struct timespec *limit))
