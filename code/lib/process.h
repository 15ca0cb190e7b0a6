/*
 * process - run another program: feed it, read it, wait for its end.
 *
 * What is passed in stays the caller's. A result owns its strings until
 * process_result_destroy.
 *
 * Any number of threads may run children at the same time. Nothing that the
 * threads share is changed: no signal handler or disposition, no working
 * directory. Our environment is read; no thread may change it meanwhile
 * (environ(7)). No call is a cancellation point (pthreads(7)): a cancelled
 * thread first finishes the call.
 *
 * For Linux, with glibc 2.29 or musl 1.1.24 at least: cwd needs
 * posix_spawn_file_actions_addchdir_np(3).
 */
#ifndef PROCESS_H
#define PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where one of the child's standard streams leads. */
enum process_stream {
    PROCESS_INHERIT = 0, /* where ours leads */
    PROCESS_PIPE,        /* to us: output is captured; input is `input` */
    PROCESS_DEVNULL,     /* nowhere: reads are at their end, writes vanish */
    PROCESS_STDOUT       /* for stderr only: wherever stdout leads */
};

/* All zero: the defaults. */
struct process_options {
    const void *input;  /* what the child reads; NULL: see stdin_from */
    size_t input_size;  /* in bytes; 0 with an input: end of file at once */
    bool capture_output; /* stdout and stderr both PROCESS_PIPE, kept apart */
    enum process_stream stdin_from; /* PROCESS_PIPE without input: empty */
    enum process_stream stdout_to;
    enum process_stream stderr_to;

    int64_t timeout_ms;  /* from the call on; 0: no limit */
    size_t output_limit; /* captured bytes of each stream; 0: no limit */
    bool check;          /* an end other than exit status 0 is an error: EPROTO */

    const char *const *env; /* "NAME=value" ..., NULL; NULL alone: inherit */
    const char *cwd;        /* a relative argv[0] is looked up from here */
    bool new_group; /* a process group of its own; limits end all of it.
                       It is then a background group: it may not read the
                       terminal, and Ctrl-C does not reach it */
    bool end_group; /* with new_group: whatever is left of the group when
                       the child has ended is killed, too */

    int end; /* of the options: for PROCESS_RUN, means nothing */
};

/* Set by process_run, whatever it returns. */
struct process_result {
    int returncode; /* exit status; minus the signal that ended it */
    char *out;      /* what was captured, and a NUL after it */
    size_t out_size; /* in bytes, without that NUL */
    char *err;
    size_t err_size;
    const char *message; /* why it failed, one line, as Python words it;
                            "" when all is well; never NULL */
    char *message_memory; /* what destroy frees: leave it alone */
};

/*
 * Run the program argv[0] (looked up along our PATH when it has no slash, see
 * posix_spawnp(3)) with the words of argv, NULL after the last; feed it, read
 * it, wait for its end. NULL options are the defaults: our streams, no limit.
 *
 * The child starts with an empty signal mask, every signal at its default,
 * and no descriptors but 0, 1 and 2. Once it has ended, input that it has not
 * read is dropped. Captured output ends at end of file, which a grandchild
 * that kept the pipe can put off; a time-out or `end_group` does not wait for
 * that, and takes what is there.
 *
 * Returns 0 once the child has ended, no matter how (but see `check`), or
 *   ETIMEDOUT  not done in timeout_ms: killed (SIGKILL), output so far kept
 *   EFBIG      more than output_limit: killed, the first output_limit kept
 *   EPROTO     with `check`: ended, and not with exit status 0
 *   ENOMEM     no memory: killed if it had been started
 *   EINVAL     no argv[0], or options that contradict each other
 *   ENOENT, EACCES, ENOTDIR, ENOEXEC, E2BIG ...  of execve(2) or chdir(2)
 *   EAGAIN, EMFILE, ENFILE  no process or no descriptor left; try later
 * With all but the first four, nothing was started. The result is to be
 * destroyed in every case; its strings are never NULL, except after ENOMEM.
 *
 * If SIGCHLD is ignored, or someone else waits for our child, nobody can say
 * how it ended (wait(2), ECHILD): returncode is then 0, as in Python.
 */
int process_run(const char *const argv[], const struct process_options *options,
                struct process_result *result);

/* 0 if the child ended with exit status 0, else EPROTO. */
int process_check(const struct process_result *result);

/* Free what the result owns; leaves it empty, so that twice is harmless. */
void process_result_destroy(struct process_result *result);

/* The words of a command: PROCESS_ARGV("test", "-d", path). */
#define PROCESS_ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})

/*
 * process_run with named options after the command, or none:
 *     PROCESS_RUN(&result, PROCESS_ARGV("ls"), .timeout_ms = 500, .cwd = "/")
 */
#define PROCESS_RUN(result, ...) PROCESS_RUN_(result, __VA_ARGS__, .end = 0)
#define PROCESS_RUN_(result, argv, ...) \
    process_run((argv), &(const struct process_options){__VA_ARGS__}, (result))

#endif
