/* Written by heddle tangle from chapters/86-library.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * process - run other programs: feed them, read them, wait for their end.
 *
 * What is passed in stays the caller's, and is needed only during the call
 * (but see process_communicate). A result owns its strings until
 * process_result_destroy, a handle its result until process_destroy.
 *
 * Any number of threads may run children at the same time. Nothing that the
 * threads share is changed: no signal handler or disposition, no working
 * directory. Our environment is read; no thread may change it meanwhile
 * (environ(7)). No call is a cancellation point (pthreads(7)): a cancelled
 * thread first finishes the call. Time limits are in milliseconds of the
 * monotonic clock. Functions return 0 or an errno value.
 *
 * Linux 5.9 or later gives the best: a descriptor for each child (pidfd, 5.4)
 * and close_range. Where the kernel or a sandbox refuses them, older calls do the
 * same. It is run on Linux, with glibc and with musl; for macOS and FreeBSD it is
 * written, and compiled without what they lack, but was not run. The environment
 * variable PROCESS_SPAWN chooses, for tests: "clone" (the default), "fork" (no
 * shared memory), or "portable" (no pidfd and no close_range either). A program
 * that runs with more rights than its caller (secure_getenv(3)) does not look at
 * it.
 */
#ifndef HEDDLE_PROCESS_H
#define HEDDLE_PROCESS_H

#include <limits.h>
#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Where one of the child's standard streams leads. */
enum process_stream {
    PROCESS_INHERIT = 0, /* where ours leads; nowhere if ours is closed */
    PROCESS_PIPE,        /* to us */
    PROCESS_DEVNULL,     /* nowhere: reads are at their end, writes vanish */
    PROCESS_STDOUT,      /* for stderr only: wherever stdout leads */
    PROCESS_FD,          /* to stdin_fd, stdout_fd or stderr_fd */
    PROCESS_TERMINAL     /* to a terminal (pty) whose other end is ours */
};

struct process_limit {
    int resource; /* RLIMIT_NOFILE ... */
    struct rlimit limit;
};

/* All zero: the defaults. */
struct process_options {
    enum process_stream stdin_from; /* PROCESS_PIPE without input: empty */
    enum process_stream stdout_to;
    enum process_stream stderr_to;
    bool capture_output; /* stdout and stderr both PROCESS_PIPE, kept apart */
    int stdin_fd; /* with PROCESS_FD; they stay ours, to be closed by us */
    int stdout_fd;
    int stderr_fd;
    const char *stdin_file;  /* instead: a file of that name, from its start, */
    const char *stdout_file; /* and files that are made, or emptied, as if by */
    const char *stderr_file; /* us: our directory, our umask. A named pipe's other
                                end is waited for, as long as timeout_ms */
    bool append;             /* to these two; they are not emptied */
    const int *pass_fds; /* more that the child gets, under the same numbers, */
    size_t pass_count;   /* all above 2; every other one is closed in it, but */
    const int *pass_as;  /* under these numbers, if not NULL; also above 2 */
    bool keep_open; /* all of ours stay open that are not "close on exec" */
    int pipe_size; /* bytes each PROCESS_PIPE shall hold; 0: the system's. Linux
                      only, ignored elsewhere: F_SETPIPE_SZ in fcntl(2) */

    size_t output_limit; /* bytes of each stream, kept or handed on; 0: no limit */
    int64_t drain_ms; /* once it has ended: for output that another process still
                         holds open; 0: until that lets go */
    int stop_signal;  /* asks it to end; 0: SIGTERM. See grace_ms, process_stop */
    /* For process_run and process_pipeline; process_start refuses them. */
    const void *input;  /* what the child reads; NULL: see stdin_from */
    size_t input_size;  /* in bytes; 0 with an input: end of file at once */
    int64_t timeout_ms; /* from the call on; 0: no limit */
    int64_t grace_ms;   /* after that: stop_signal, this long, and only then
                           SIGKILL; 0: SIGKILL at once */
    bool check;         /* an error unless it ends with exit status 0 */
    struct process_result *reuse; /* with process_run: what it captures goes into
                                     the memory of this earlier result, which is
                                     empty then; it may be the call's own. Neither
                                     input nor argv may lie in it */

    /* Gets what a PROCESS_PIPE brings, in place of the result, as it comes: a NUL
     * follows data[size]; stream is 1 or 2. It runs in the thread that called, and
     * may send signals, but neither talk to the child nor destroy it. Not 0 is an
     * error of that call: process_run ends the child for it. */
    int (*on_output)(void *context, int stream, const char *data, size_t size);
    void *context;
    bool by_line; /* one line at a time, with its '\n'; the last may lack that */

    const char *const *env; /* "NAME=value" ..., NULL; NULL alone: ours */
    const char *const *env_changes; /* to it: "NAME=value"; "NAME" removes */
    const char *cwd;        /* a relative program is looked up from here */
    const char *executable; /* the program, when argv[0] is not to name it */
    bool shell; /* argv[0] is a script for /bin/sh, argv[1] its $0, ... */
    const mode_t *umask;    /* NULL: ours */
    const struct process_limit *limits; /* setrlimit(2), before it changes user */
    size_t limit_count;
    int nice;         /* is added to ours: nice(2) */
    int death_signal; /* it gets that when the thread that starts it ends, or all
                         of us: PR_SET_PDEATHSIG of prctl(2). Linux */
    bool keep_ignored; /* signals that we ignore stay ignored: see nohup(1) */

    bool new_group; /* a process group of its own; limits end all of it.
                       It is then a background group: it may not read the
                       terminal, and Ctrl-C does not reach it */
    bool end_group; /* with new_group or new_session: whatever is left of the
                       group when the child has ended is killed, too */
    bool end_tree;  /* limits also end what has left the group, as daemons do: it
                       becomes the parent of all its orphans, as long as it lives
                       (PR_SET_CHILD_SUBREAPER in prctl(2)), and who is below it
                       at the beginning of a grace is remembered: for a moment it
                       is stopped then (SIGSTOP, SIGCONT). Linux, with /proc */
    bool new_session;  /* a session of its own, and so a group: setsid(2) */
    pid_t join_group;  /* an existing group; 0: ours */
    const gid_t *group;  /* NULL: ours; setregid(2), before the user. By name:
                            process_find_group */
    const gid_t *groups; /* supplementary; NULL: ours */
    size_t group_count;
    const uid_t *user; /* NULL: ours; setreuid(2). By name: process_find_user.
                          Another user than root or ours needs `group` and
                          `groups` as well, or it would keep our groups: */
    bool keep_groups;  /* that is meant; for the ones that are not given */

    int end; /* of the options: for the macros, means nothing */
};

/* What failed when a child could not be started. */
enum process_stage {
    PROCESS_AT_NOTHING = 0,
    PROCESS_AT_OPTIONS,     /* the call contradicts itself */
    PROCESS_AT_PREPARATION, /* memory, pipes: in us */
    PROCESS_AT_CHILD,       /* clone or fork */
    PROCESS_AT_STREAMS,     /* its standard streams; in it, as all below */
    PROCESS_AT_DIRECTORY,   /* chdir */
    PROCESS_AT_SESSION,     /* setsid, setpgid, TIOCSCTTY */
    PROCESS_AT_LIMITS,      /* limits, nice, death_signal, end_tree */
    PROCESS_AT_GROUPS,      /* setgroups */
    PROCESS_AT_GROUP,       /* setregid */
    PROCESS_AT_USER,        /* setreuid */
    PROCESS_AT_DESCRIPTORS, /* pass_fds */
    PROCESS_AT_PROGRAM      /* execve */
};

/* A returncode when nobody can say how it ended, or whether. */
enum { PROCESS_UNKNOWN = INT_MAX };

/* Set by process_run, whatever it returns. */
struct process_result {
    int returncode; /* exit status; minus the signal that ended it; or
                       PROCESS_UNKNOWN */
    char *out;      /* what was captured, and a NUL after it */
    size_t out_size; /* in bytes, without that NUL */
    char *err;
    size_t err_size;
    struct rusage usage; /* of it and all it waited for: getrusage(2). On Linux
                            of 64 bits; elsewhere zero */
    enum process_stage stage; /* what failed, if it was not started */
    const char *message; /* why it failed, one line, as Python words it;
                            "" when all is well; never NULL */
    char *message_memory; /* what destroy frees: leave these alone */
    size_t out_room, err_room;
};

/* ---- One call ---- */

/*
 * Run the program argv[0] with the words of argv, NULL after the last; feed
 * it, read it, wait for its end. NULL options are the defaults: our streams,
 * no limit.
 *
 * A program without a slash is looked up along the PATH that the child gets
 * ("/bin:/usr/bin" when it gets none), from the child's directory; of the
 * errors on the way, the first that is not "no such file" is reported. The
 * first program of that name runs, or none: one that is busy (ETXTBSY), no
 * program (ENOEXEC: also a script without "#!"; see `shell`) or has an
 * interpreter that is not there or may not run (ENOENT, EACCES) is not passed
 * over for a later one.
 *
 * The child starts with an empty signal mask, every signal at its default,
 * and no descriptors but 0, 1, 2 and pass_fds. 0, 1 and 2 are always there,
 * and block, although ours may not: a pipe or terminal of ours is opened
 * anew for it; only a socket is handed on as it is. A PROCESS_TERMINAL is
 * its controlling one, in a session of its own; input goes in as if typed, at
 * its end comes Ctrl-D, and what it prints has "\r\n". Input that it does not
 * read is dropped. Captured output ends at end of file, which a grandchild that
 * kept the pipe can put off; a time-out, `end_group` or `drain_ms` does not
 * wait for that, and takes what is there.
 *
 * Returns 0 once the child has ended, no matter how (but see `check`), or
 *   ETIMEDOUT  not done in timeout_ms: killed (SIGKILL), output so far kept;
 *              with grace_ms, it may have ended in its own way: returncode
 *   EFBIG      more than output_limit: killed, the first output_limit kept
 *   EPROTO     with `check`: ended, and not with exit status 0
 *   ECHILD     with `check`: ended, and nobody can say how
 *   ENOMEM     no memory: killed if it had been started
 *   EINVAL     no argv[0], or options that contradict each other: `message`
 *              says which
 *   EPERM      it may not become that user or group, or would not be bound
 *              to it: checked in the child, before the program runs
 *   EBADF      a descriptor among the options that is not open
 *   ENOSYS     end_tree or death_signal, which this system cannot do
 *   ENOENT, EACCES, ENOTDIR, ENOEXEC, E2BIG ...  of execve(2) or chdir(2)
 *   EAGAIN, EMFILE, ENFILE  no process or no descriptor left; try later
 * With all but the first five, nothing was started, and result->stage says
 * what failed. The result is to be destroyed in every case; its strings are
 * never NULL, except after ENOMEM.
 *
 * A child that has become another user may not be ours to kill. The limit
 * holds nevertheless: the call returns, returncode is PROCESS_UNKNOWN, and
 * `message` says that it could not be killed. It stays our child; a later
 * process_start takes it off the kernel's list once it has ended. So it is with
 * one that is traced (ptrace(2)), if its tracer, who is told of its end before
 * us, keeps that to itself for longer than half a second; where there is no
 * pidfd, such a one is waited for.
 *
 * If SIGCHLD is ignored, or someone else waits for our child, how it ended is
 * asked of its pidfd (Linux 6.15). Where that cannot say, nobody can:
 * returncode is PROCESS_UNKNOWN, and `check` makes that ECHILD.
 */
int process_run(const char *const argv[], const struct process_options *options,
                struct process_result *result);

/*
 * Run `count` commands, the stdout of each the stdin of the next; the input
 * goes to the first, stdout_to is where the last one writes. With
 * stderr_to PROCESS_PIPE, or capture_output, all write to one pipe.
 *
 * When all have ended, returncodes[i] (unless NULL) says how each one did,
 * and result->returncode is the last one's. With `check`, one that failed
 * makes this EPROTO, unless it is an earlier one that ended by SIGPIPE: its
 * reader had enough. With new_group all are one group. Errors are those of
 * process_run; on any of them, all that was started is killed and waited for
 * (PROCESS_UNKNOWN: that one could not be killed).
 */
int process_pipeline(const char *const *const commands[], size_t count,
                     const struct process_options *options, int returncodes[],
                     struct process_result *result);

/* 0 if the child ended with exit status 0, ECHILD if nobody can say how it
 * ended, else EPROTO. */
int process_check(const struct process_result *result);

/* Free what the result owns; leaves it empty, so that twice is harmless. */
void process_result_destroy(struct process_result *result);

/* ---- A child that runs beside us ---- */

struct process {
    pid_t pid;     /* its number, until it has been waited for. Of a leader
                      of a group, before Linux 6.9: until process_destroy */
    int stdin_fd;  /* our ends of its pipes, or -1: ours to use; closed by */
    int stdout_fd; /* process_close or process_destroy. They block, until */
    int stderr_fd; /* process_communicate is called */
    struct process_result result; /* of communicate; why a start failed */
    struct { /* the library's own: leave it alone */
        pthread_mutex_t lock; /* for `reaped` and `returncode` */
        bool reaped;          /* waited for: the number is no longer its own */
        int returncode;
        int pidfd;  /* readable when it has ended; -1: cannot be had */
        bool leads; /* a group of its own */
        bool kept;  /* reaped, but for its entry: the group's number stays ours */
        bool end_group;
        bool end_tree;
        struct process_family *below; /* as it was when it was asked to end */
        char *command; /* "Command '[...]'", for messages */
        struct rusage usage;
        bool talking;  /* process_communicate has been called */
        bool ended;    /* as it has seen, though perhaps not waited for yet */
        bool told;     /* its result is the caller's: process_next passes it over */
        int64_t drained_at; /* when to wait no more for output, since it ended */
        const char *input;  /* what the child has not taken yet */
        size_t input_left;
        bool fed; /* a terminal that has had all its input */
        size_t taken[2];  /* bytes read of each stream, though handed on since */
        size_t looked[2]; /* bytes of each text that have no end of a line */
        int refused;      /* what on_output returned */
        size_t output_limit; /* and so on: as the options had it */
        int64_t drain_ms;
        int stop_signal;
        int (*on_output)(void *context, int stream, const char *data, size_t size);
        void *context;
        bool by_line;
    } own;
};

/*
 * Start a child and return while it runs. Options, errors and what the child
 * can rely on are those of process_run. When this returns 0, the program has
 * been executed: an error of exec is an error of this call.
 *
 * The handle must not be moved. It is to be destroyed in every case.
 */
int process_start(struct process *p, const char *const argv[],
                  const struct process_options *options);

/*
 * Close our pipe ends, end the child if it still runs (SIGKILL; its group, if
 * it has one), wait for it, free. One that may not be killed is not waited
 * for: see process_run. No other thread may use the handle then. Twice is
 * harmless, and so is a handle that is all zero.
 */
void process_destroy(struct process *p);

/*
 * As process_destroy, but a child that runs lives on, without us: its pipes
 * are closed on our side, and nobody will know how it ends. It stays our
 * child; a later process_start takes it off the kernel's list once it has
 * ended. 0, or ENOMEM, and the handle is as it was.
 */
int process_detach(struct process *p);

#define PROCESS_FOREVER INT64_MAX

/* Has it ended? 0, and how in *returncode (unless NULL), or EBUSY. */
int process_poll(struct process *p, int *returncode);

/*
 * Wait for its end: 0, or ETIMEDOUT with *returncode as it was; EINVAL for a
 * limit below zero. Being stopped is no end. A child that fills a pipe which
 * nobody reads does not end: use process_communicate. Any number of threads may
 * wait for the same child.
 */
int process_wait(struct process *p, int64_t timeout_ms, int *returncode);

/*
 * What such a call came to, in a sentence as result.message has it: how the
 * child ended, if err is 0, or that it did not in timeout_ms (ETIMEDOUT). The
 * result itself is left alone, for another thread may be reading it. Writes at
 * most `size` bytes, with the NUL; "" if all is well.
 */
void process_describe(struct process *p, int err, int64_t timeout_ms,
                      char *text, size_t size);

/* What it used, once it has been waited for: 0, or EBUSY. See result.usage. */
int process_usage(struct process *p, struct rusage *usage);

/*
 * A descriptor that poll(2) and epoll(7) call readable once it has ended; then
 * process_poll says how, or EBUSY, as long as its tracer (ptrace(2)) has not
 * asked. It stays the handle's: not to be read or closed. -1 where there is
 * none: before Linux 5.3, or in a sandbox.
 */
int process_end_fd(const struct process *p);

/*
 * Ask it to end (stop_signal, to its group if it leads one), and kill it if it
 * has not in grace_ms; what is left of its group is killed, too. If it is
 * stopped, it goes on for that (SIGCONT). 0, and how it ended in *returncode
 * (unless NULL); EPERM: it may not be killed, or its end cannot be had; EINVAL
 * for a grace below zero.
 */
int process_stop(struct process *p, int64_t grace_ms, int *returncode);

/*
 * Send a signal: 0, also when the child has already ended (nobody gets it
 * then, least of all a stranger with the same number), EINVAL, or EPERM. Any
 * thread may do so at any time between process_start and process_destroy.
 */
int process_send_signal(struct process *p, int signal_number);
int process_terminate(struct process *p); /* SIGTERM */
int process_kill(struct process *p);      /* SIGKILL */

/* To all of its group, also when the child itself has been waited for; EINVAL
 * without new_group or new_session. */
int process_signal_group(struct process *p, int signal_number);

/* "SIGTERM"; NULL for a number that has no name here (of real time, say). */
const char *process_signal_name(int signal_number);

/* The number of "SIGTERM" or "TERM"; 0 when it is none of those names. */
int process_signal_number(const char *name);

/*
 * Feed it, read its pipes to their end, wait for it: as process_run does, and
 * into p->result. One thread at a time, and nobody else uses the pipes.
 *
 * Returns 0; ETIMEDOUT when it is not done in time: the child lives, output
 * so far is in the result, and calling again carries on where this stopped,
 * with nothing lost; EFBIG beyond output_limit; ENOMEM. The input must stay
 * until then; only the first call may bring one (EINVAL, and for a limit
 * below zero).
 */
int process_communicate(struct process *p, const void *input,
                        size_t input_size, int64_t timeout_ms);

/*
 * Of many children, the next one that is done: feed nothing to them, read all
 * their pipes, each into its own result, until one has ended and its output
 * has. 0, and its place in *which; each is found once.
 *
 * ECHILD: all have been found. Handles that did not start, that were destroyed,
 * or that process_communicate is done with, are passed over; so are those that
 * are all zero, and one may be started anew in the place of another. ETIMEDOUT:
 * none in time. EFBIG, or an error of on_output or memory: of the child
 * *which, which lives, and is not found again. EINVAL, ENOMEM: of the call;
 * *which keeps its value.
 */
int process_next(struct process children[], size_t count, int64_t timeout_ms,
                 size_t *which);

/*
 * Write all of it to the child's stdin. 0, EPIPE if nobody reads it (and no
 * SIGPIPE), or an error of write(2). Waits while the pipe is full.
 */
int process_write(struct process *p, const void *data, size_t size);

/* The same, with a limit. ETIMEDOUT, EPIPE ...: *written bytes of it have been
 * written, and the rest may be tried again. */
int process_write_within(struct process *p, const void *data, size_t size,
                         int64_t timeout_ms, size_t *written);

/* Close one of our pipe ends, and set it to -1. Twice is harmless. */
void process_close(int *fd);

/* ---- Calls that read like a sentence ---- */

/* The words of a command: PROCESS_ARGV("test", "-d", path). */
#define PROCESS_ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})

/*
 * With named options after the command, or none:
 *     PROCESS_RUN(&result, PROCESS_ARGV("ls"), .timeout_ms = 500, .cwd = "/")
 *     PROCESS_START(&child, PROCESS_ARGV("cat"), .stdin_from = PROCESS_PIPE)
 */
#define PROCESS_RUN(result, ...) PROCESS_RUN_(result, __VA_ARGS__, .end = 0)
#define PROCESS_RUN_(result, argv, ...) \
    process_run((argv), &(const struct process_options){__VA_ARGS__}, (result))
#define PROCESS_START(p, ...) PROCESS_START_(p, __VA_ARGS__, .end = 0)
#define PROCESS_START_(p, argv, ...) \
    process_start((p), (argv), &(const struct process_options){__VA_ARGS__})

/* ---- Names of users and groups ---- */

/*
 * The number of the user or group with that name, as getpwnam(3) and
 * getgrnam(3) know it:
 *     uid_t nobody;
 *     err = process_find_user("nobody", &nobody);     then .user = &nobody
 *
 * 0, ENOENT if there is none, or an error of the lookup (EIO, EMFILE, ...;
 * ENOMEM); on failure *id keeps its value. Any thread, at any time.
 */
int process_find_user(const char *name, uid_t *id);
int process_find_group(const char *name, gid_t *id);

#ifdef __cplusplus
}
#endif

#ifdef __cplusplus
/* The same sentences in C++20, with the options in the order of the structure.
 * The words live as long as the call: not to be kept. */
#include <initializer_list>

#undef PROCESS_ARGV
#define PROCESS_ARGV(...) \
    (std::initializer_list<const char *>{__VA_ARGS__, nullptr}.begin())
#define PROCESS_OPTIONS_(...) \
    std::initializer_list<process_options>{{__VA_ARGS__}}.begin()
#undef PROCESS_RUN_
#define PROCESS_RUN_(result, argv, ...) \
    process_run((argv), PROCESS_OPTIONS_(__VA_ARGS__), (result))
#undef PROCESS_START_
#define PROCESS_START_(p, argv, ...) \
    process_start((p), (argv), PROCESS_OPTIONS_(__VA_ARGS__))
#endif

#endif
