/*
 * What cannot be explored is refused by its name: other processes, signals,
 * and calls that wait for something outside of the program.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/inotify.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/timerfd.h>
#include <sys/uio.h>
#include <sys/wait.h>
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

REFUSE(int, sigsuspend, (const sigset_t *mask))
REFUSE(int, pause, (void))
REFUSE(int, timer_create,
       (clockid_t clock, struct sigevent *restrict event, timer_t *restrict timer))

/* Streams, locked by hand ------------------------------------------------------ */

REFUSE(void, flockfile, (FILE * stream))
REFUSE(int, ftrylockfile, (FILE * stream))
REFUSE(void, funlockfile, (FILE * stream))

/* Waiting for the world outside ------------------------------------------------ */

REFUSE(int, accept, (int fd, __SOCKADDR_ARG address, socklen_t *restrict size))
REFUSE(int, connect, (int fd, __CONST_SOCKADDR_ARG address, socklen_t size))
REFUSE(ssize_t, recvfrom,
       (int fd, void *restrict bytes, size_t size, int flags, __SOCKADDR_ARG address,
        socklen_t *restrict address_size))
REFUSE(ssize_t, sendto,
       (int fd, const void *bytes, size_t size, int flags, __CONST_SOCKADDR_ARG address,
        socklen_t address_size))
REFUSE(ssize_t, recvmsg, (int fd, struct msghdr *message, int flags))
REFUSE(ssize_t, sendmsg, (int fd, const struct msghdr *message, int flags))
REFUSE(int, socket, (int domain, int type, int protocol))
REFUSE(int, timerfd_create, (clockid_t clock, int flags))
REFUSE(ssize_t, splice,
       (int in, off64_t *in_at, int out, off64_t *out_at, size_t size, unsigned flags))
REFUSE(ssize_t, tee, (int in, int out, size_t size, unsigned flags))
REFUSE(ssize_t, vmsplice, (int fd, const struct iovec *parts, size_t count, unsigned flags))
REFUSE(int, mkfifo, (const char *path, mode_t mode))
REFUSE(int, msgget, (key_t key, int flags))
REFUSE(ssize_t, msgrcv, (int queue, void *message, size_t size, long type, int flags))
REFUSE(int, msgsnd, (int queue, const void *message, size_t size, int flags))
REFUSE(int, semget, (key_t key, int count, int flags))
REFUSE(int, semop, (int set, struct sembuf *operations, size_t count))
REFUSE(int, shmget, (key_t key, size_t size, int flags))
REFUSE(mqd_t, mq_open, (const char *name, int flags, ...))
REFUSE(ssize_t, mq_receive, (mqd_t queue, char *bytes, size_t size, unsigned *priority))
