#define _GNU_SOURCE /* pipe2, and posix_spawn's actions that end in _np */

#include "lib/process.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* One of the child's standard streams; without a pipe, both ends are -1. */
struct stream {
    enum process_stream leads;
    int ours;
    int theirs;
    char **text;  /* captured so far, NUL-terminated: in the result */
    size_t *size; /* of it, in bytes */
    size_t room;  /* allocated for it, in bytes */
};

/* A child, from before its start to after its end. */
struct child {
    const struct process_options *options;
    struct process_result *result;
    struct stream streams[3]; /* by descriptor: 0, 1, 2 */
    const char *input;        /* what it has not taken yet */
    size_t input_left;
    int64_t deadline_ns; /* on the monotonic clock, or NEVER */
    pid_t pid;
    int pidfd;   /* readable when it has ended; -1: cannot be had */
    int nap_ms;  /* without a pidfd: look again after this time */
    bool ended;  /* but not waited for yet, so that its pid is still its own */
};

/* Time. */

enum { NS_PER_MS = 1000000 };
static const int64_t NEVER = INT64_MAX;

static int64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 * NS_PER_MS + now.tv_nsec;
}

static int64_t deadline_after(int64_t timeout_ms)
{
    int64_t now = now_ns();

    if (timeout_ms == 0 || timeout_ms > (NEVER - now) / NS_PER_MS)
        return NEVER;
    return now + timeout_ms * NS_PER_MS;
}

/* As poll(2) takes it: -1 for ever, 0 when the deadline has passed. */
static int ms_until(int64_t deadline_ns)
{
    int64_t left;

    if (deadline_ns == NEVER)
        return -1;
    left = deadline_ns - now_ns();
    if (left <= 0)
        return 0;
    left = (left - 1) / NS_PER_MS + 1;
    return left < INT_MAX ? (int)left : INT_MAX;
}

/* Before the start. */

static bool makes_sense(const char *const argv[],
                        const struct process_options *o)
{
    bool own_streams = o->stdout_to != PROCESS_INHERIT ||
                       o->stderr_to != PROCESS_INHERIT;

    return argv != NULL && argv[0] != NULL && o->timeout_ms >= 0 &&
           o->stdin_from <= PROCESS_DEVNULL &&
           o->stdout_to <= PROCESS_DEVNULL && o->stderr_to <= PROCESS_STDOUT &&
           !(o->input == NULL && o->input_size > 0) &&
           !(o->input != NULL && o->stdin_from == PROCESS_DEVNULL) &&
           !(o->capture_output && own_streams) &&
           !(o->end_group && !o->new_group);
}

static int result_init(struct process_result *result)
{
    *result = (struct process_result){.out = calloc(1, 1),
                                      .err = calloc(1, 1),
                                      .message = ""};
    if (result->out != NULL && result->err != NULL)
        return 0;
    process_result_destroy(result);
    result->message = "out of memory";
    return ENOMEM;
}

static int check_call(const char *const argv[],
                      const struct process_options *options,
                      struct process_result *result)
{
    int err = result != NULL ? result_init(result) : EINVAL;

    if (err == 0 && !makes_sense(argv, options)) {
        result->message = "no program, or options that exclude each other";
        err = EINVAL;
    }
    return err;
}

static void choose_streams(struct child *c)
{
    const struct process_options *o = c->options;
    bool both = o->capture_output;

    c->streams[0].leads = o->input != NULL ? PROCESS_PIPE : o->stdin_from;
    c->streams[1].leads = both ? PROCESS_PIPE : o->stdout_to;
    c->streams[2].leads = both ? PROCESS_PIPE : o->stderr_to;
    c->streams[1].text = &c->result->out;
    c->streams[1].size = &c->result->out_size;
    c->streams[2].text = &c->result->err;
    c->streams[2].size = &c->result->err_size;
}

static void adopt(struct child *c, const struct process_options *options,
                  struct process_result *result)
{
    *c = (struct child){.options = options,
                        .result = result,
                        .input = options->input,
                        .input_left = options->input_size,
                        .deadline_ns = deadline_after(options->timeout_ms),
                        .pidfd = -1,
                        .nap_ms = 1};
    for (int i = 0; i < 3; i++)
        c->streams[i] = (struct stream){.ours = -1, .theirs = -1, .room = 1};
    choose_streams(c);
}

/* Pipes. */

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static void close_all(struct child *c)
{
    for (int i = 0; i < 3; i++) {
        close_fd(&c->streams[i].ours);
        close_fd(&c->streams[i].theirs);
    }
    close_fd(&c->pidfd);
}

/* Descriptors 0 to 2 may be free; a pipe end there would be in the way. */
static int move_up(int *fd)
{
    int low = *fd;
    int err;

    if (low > STDERR_FILENO)
        return 0;
    *fd = fcntl(low, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    err = *fd < 0 ? errno : 0;
    close(low);
    return err == EINVAL ? EMFILE : err; /* no number above 2 is allowed */
}

static int open_pipe(struct stream *s, bool we_write)
{
    int ends[2];
    int err;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return errno;
    err = move_up(&ends[0]);
    if (err == 0)
        err = move_up(&ends[1]);
    s->ours = ends[we_write];
    s->theirs = ends[!we_write];
    if (err == 0 && fcntl(s->ours, F_SETFL, O_NONBLOCK) != 0)
        err = errno;
    return err;
}

static int open_pipes(struct child *c)
{
    int err = 0;

    for (int i = 0; i < 3 && err == 0; i++)
        if (c->streams[i].leads == PROCESS_PIPE)
            err = open_pipe(&c->streams[i], i == STDIN_FILENO);
    return err;
}

/* The start. */

static int connect_stream(posix_spawn_file_actions_t *actions,
                          const struct stream *s, int fd)
{
    switch (s->leads) {
    case PROCESS_PIPE:
        return posix_spawn_file_actions_adddup2(actions, s->theirs, fd);
    case PROCESS_DEVNULL: /* O_RDWR: the same for input and output */
        return posix_spawn_file_actions_addopen(actions, fd, "/dev/null",
                                                O_RDWR, 0);
    case PROCESS_STDOUT:
        return posix_spawn_file_actions_adddup2(actions, STDOUT_FILENO, fd);
    case PROCESS_INHERIT:
        break;
    }
    return 0;
}

static int close_others(posix_spawn_file_actions_t *actions)
{
#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 34)
    return posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
#endif
#endif
    (void)actions; /* there, O_CLOEXEC has to do */
    return 0;
}

static int list_actions(posix_spawn_file_actions_t *actions,
                        const struct child *c)
{
    int err = 0;

    for (int fd = 0; fd < 3 && err == 0; fd++)
        err = connect_stream(actions, &c->streams[fd], fd);
    if (err == 0)
        err = close_others(actions);
    if (err == 0 && c->options->cwd != NULL)
        err = posix_spawn_file_actions_addchdir_np(actions, c->options->cwd);
    return err;
}

static int set_attributes(posix_spawnattr_t *attributes, bool new_group)
{
    short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    sigset_t none, all;
    int err;

    sigemptyset(&none);
    sigfillset(&all);
    if (new_group) /* its id is the child's pid: attributes say 0 */
        flags |= POSIX_SPAWN_SETPGROUP;
    err = posix_spawnattr_setflags(attributes, flags);
    if (err == 0)
        err = posix_spawnattr_setsigmask(attributes, &none);
    if (err == 0)
        err = posix_spawnattr_setsigdefault(attributes, &all);
    return err;
}

/* exec does not write to its arguments: POSIX, exec, "Rationale". */
static char *const *words(const char *const *list)
{
    union {
        const char *const *given;
        char *const *wanted;
    } view = {.given = list};

    return view.wanted;
}

static int spawn(struct child *c, const char *const argv[],
                 posix_spawn_file_actions_t *actions,
                 posix_spawnattr_t *attributes)
{
    const char *const *env = c->options->env;
    int err = list_actions(actions, c);

    if (err == 0)
        err = set_attributes(attributes, c->options->new_group);
    if (err == 0)
        err = posix_spawnp(&c->pid, argv[0], actions, attributes, words(argv),
                           env != NULL ? words(env) : environ);
    return err;
}

static int prepare_and_spawn(struct child *c, const char *const argv[])
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int err = posix_spawn_file_actions_init(&actions);

    if (err != 0)
        return err;
    err = posix_spawnattr_init(&attributes);
    if (err == 0) {
        err = spawn(c, argv, &actions, &attributes);
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return err;
}

/* pidfd_open(2), since Linux 5.3; glibc has no wrapper before 2.36. */
static int open_pidfd(pid_t pid)
{
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, pid, 0);
#else
    (void)pid;
    return -1;
#endif
}

static int start(struct child *c, const char *const argv[])
{
    int err = open_pipes(c);

    if (err == 0)
        err = prepare_and_spawn(c, argv);
    for (int i = 0; i < 3; i++)
        close_fd(&c->streams[i].theirs);
    if (err != 0)
        return err;
    c->pidfd = open_pidfd(c->pid);
    return 0;
}

/* Bytes. */

enum {
    FIRST_ROOM = 65536, /* bytes: what a pipe holds, see pipe(7) */
    LEAST_ROOM = 4096   /* with less than this left, it is time to grow */
};

static int make_room(struct stream *s)
{
    size_t room = s->room < FIRST_ROOM ? FIRST_ROOM : s->room * 2;
    char *text;

    if (s->room - *s->size > LEAST_ROOM)
        return 0;
    text = room > s->room ? realloc(*s->text, room) : NULL;
    if (text == NULL)
        return ENOMEM;
    *s->text = text;
    s->room = room;
    return 0;
}

static int take_output(struct stream *s, size_t limit)
{
    int err = make_room(s);
    ssize_t got;

    if (err != 0)
        return err;
    got = read(s->ours, *s->text + *s->size, s->room - *s->size - 1);
    if (got < 0)
        return errno == EAGAIN || errno == EINTR ? 0 : errno;
    if (got == 0)
        close_fd(&s->ours);
    *s->size += (size_t)got;
    if (limit != 0 && *s->size > limit) {
        *s->size = limit;
        err = EFBIG;
    }
    (*s->text)[*s->size] = '\0';
    return err;
}

static void take_pending(const sigset_t *signals)
{
    const struct timespec at_once = {0, 0};

    while (sigtimedwait(signals, NULL, &at_once) < 0 && errno == EINTR)
        ;
}

/* As write(2); the error in *err, and SIGPIPE never left behind. */
static ssize_t write_quietly(int fd, const void *data, size_t size, int *err)
{
    sigset_t broken_pipe, mask, pending;
    ssize_t written;

    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, &mask);
    sigpending(&pending);
    written = write(fd, data, size);
    *err = written < 0 ? errno : 0;
    if (*err == EPIPE && sigismember(&pending, SIGPIPE) == 0)
        take_pending(&broken_pipe);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    return written;
}

static int give_input(struct child *c)
{
    int *fd = &c->streams[STDIN_FILENO].ours;
    int err;
    ssize_t written = write_quietly(*fd, c->input, c->input_left, &err);

    if (written > 0) {
        c->input += written;
        c->input_left -= (size_t)written;
    }
    if (c->input_left == 0 || err == EPIPE)
        close_fd(fd);
    return err == EAGAIN || err == EINTR || err == EPIPE ? 0 : err;
}

/* The loop. */

enum { LONGEST_NAP_MS = 16 };

static void look_for_the_end(struct child *c, bool something_happened)
{
    siginfo_t info = {.si_pid = 0};
    int got = waitid(P_PID, (id_t)c->pid, &info, WEXITED | WNOHANG | WNOWAIT);

    if (got == 0 ? info.si_pid != 0 : errno == ECHILD)
        c->ended = true;
    if (something_happened)
        c->nap_ms = 1;
    else if (c->nap_ms < LONGEST_NAP_MS)
        c->nap_ms *= 2;
}

static int wait_for_events(struct child *c, struct pollfd fds[4], int wait_ms)
{
    bool must_look = c->pidfd < 0 && !c->ended;
    int count;

    if (must_look && (wait_ms < 0 || wait_ms > c->nap_ms))
        wait_ms = c->nap_ms;
    count = poll(fds, 4, wait_ms);
    if (count < 0 && errno != EINTR && errno != EAGAIN)
        return errno;
    for (int i = 0; i < 4 && count < 0; i++)
        fds[i].revents = 0;
    if (must_look)
        look_for_the_end(c, count > 0);
    return 0;
}

static int serve(struct child *c, int wait_ms)
{
    struct pollfd fds[4] = {
        {.fd = c->streams[0].ours, .events = POLLOUT},
        {.fd = c->streams[1].ours, .events = POLLIN},
        {.fd = c->streams[2].ours, .events = POLLIN},
        {.fd = c->ended ? -1 : c->pidfd, .events = POLLIN},
    };
    int err = wait_for_events(c, fds, wait_ms);

    if (err == 0 && fds[0].revents != 0)
        err = give_input(c);
    for (int i = 1; i < 3 && err == 0; i++)
        if (fds[i].revents != 0)
            err = take_output(&c->streams[i], c->options->output_limit);
    if (fds[3].revents != 0)
        c->ended = true;
    return err;
}

static bool is_done(const struct child *c)
{
    bool at_end = c->streams[1].ours < 0 && c->streams[2].ours < 0;

    return c->ended && (at_end || c->options->end_group);
}

static int attend(struct child *c)
{
    int err = 0;

    while (err == 0 && !is_done(c)) {
        int wait_ms = ms_until(c->deadline_ns);

        err = serve(c, wait_ms);
        if (err == 0 && wait_ms == 0 && !is_done(c))
            err = ETIMEDOUT;
    }
    return err;
}

/* The end. */

static void kill_child(const struct child *c)
{
    if (c->options->new_group)
        kill(-c->pid, SIGKILL);
    else if (!c->ended)
        kill(c->pid, SIGKILL);
}

static int reap(pid_t pid)
{
    siginfo_t info;
    int got;

    do
        got = waitid(P_PID, (id_t)pid, &info, WEXITED);
    while (got < 0 && errno == EINTR);
    if (got < 0) /* ECHILD: SIGCHLD is ignored, or someone else was first */
        return 0;
    return info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
}

static int drain(struct stream *s, size_t limit)
{
    int there = 0;
    int err = 0;

    if (s->ours < 0 || ioctl(s->ours, FIONREAD, &there) != 0)
        return 0;
    while (there > 0 && err == 0) {
        size_t before = *s->size;

        err = take_output(s, limit);
        if (*s->size == before)
            break;
        there -= (int)(*s->size - before);
    }
    return err;
}

static void trim(struct stream *s)
{
    char *text = realloc(*s->text, *s->size + 1);

    if (text != NULL)
        *s->text = text;
}

static int finish(struct child *c, int err)
{
    if (err != 0 || c->options->end_group)
        kill_child(c);
    c->result->returncode = reap(c->pid);
    for (int i = 1; i < 3; i++) {
        int late = drain(&c->streams[i], c->options->output_limit);

        if (err == 0)
            err = late;
        trim(&c->streams[i]);
    }
    return err;
}

/* Words. */

static void print_byte(FILE *to, char byte, char quote)
{
    static const char plain[] = "\t\n\r";
    static const char letters[] = "tnr";
    const char *special = strchr(plain, byte);

    if (special != NULL)
        fprintf(to, "\\%c", letters[special - plain]);
    else if (byte == quote || byte == '\\')
        fprintf(to, "\\%c", byte);
    else if ((byte > 0 && byte < ' ') || byte == 0x7f)
        fprintf(to, "\\x%02x", (unsigned)byte);
    else
        fputc(byte, to);
}

static void print_word(FILE *to, const char *word)
{
    bool single = strchr(word, '\'') != NULL;
    bool both = single && strchr(word, '"') != NULL;
    char quote = single && !both ? '"' : '\'';

    fputc(quote, to);
    for (; *word != '\0'; word++)
        print_byte(to, *word, quote);
    fputc(quote, to);
}

static void print_command(FILE *to, const char *const argv[])
{
    fputs("Command '[", to);
    for (size_t i = 0; argv[i] != NULL; i++) {
        if (i > 0)
            fputs(", ", to);
        print_word(to, argv[i]);
    }
    fputs("]' ", to);
}

#define NAMED(signal) [signal] = #signal

static const char *const signal_names[] = {
    NAMED(SIGHUP),  NAMED(SIGINT),    NAMED(SIGQUIT), NAMED(SIGILL),
    NAMED(SIGTRAP), NAMED(SIGABRT),   NAMED(SIGBUS),  NAMED(SIGFPE),
    NAMED(SIGKILL), NAMED(SIGUSR1),   NAMED(SIGSEGV), NAMED(SIGUSR2),
    NAMED(SIGPIPE), NAMED(SIGALRM),   NAMED(SIGTERM), NAMED(SIGCHLD),
    NAMED(SIGCONT), NAMED(SIGSTOP),   NAMED(SIGTSTP), NAMED(SIGTTIN),
    NAMED(SIGTTOU), NAMED(SIGURG),    NAMED(SIGXCPU), NAMED(SIGXFSZ),
    NAMED(SIGVTALRM), NAMED(SIGPROF), NAMED(SIGWINCH), NAMED(SIGIO),
    NAMED(SIGPWR),  NAMED(SIGSYS),
};

static void print_end(FILE *to, int returncode)
{
    size_t count = sizeof signal_names / sizeof signal_names[0];
    size_t number = (size_t)-(long)returncode;

    if (returncode >= 0)
        fprintf(to, "returned non-zero exit status %d.", returncode);
    else if (number < count && signal_names[number] != NULL)
        fprintf(to, "died with <Signals.%s: %zu>.", signal_names[number],
                number);
    else
        fprintf(to, "died with unknown signal %zu.", number);
}

static void print_seconds(FILE *to, int64_t ms)
{
    int fraction = (int)(ms % 1000);
    int digits = 3;

    fprintf(to, "%" PRId64, ms / 1000);
    if (fraction == 0)
        return;
    for (; fraction % 10 == 0; fraction /= 10)
        digits--;
    fprintf(to, ".%0*d", digits, fraction);
}

static void print_reason(FILE *to, const struct process_options *options,
                         int err, int returncode)
{
    switch (err) {
    case 0:
    case EPROTO:
        print_end(to, returncode);
        break;
    case ETIMEDOUT:
        fputs("timed out after ", to);
        print_seconds(to, options->timeout_ms);
        fputs(" seconds", to);
        break;
    case EFBIG:
        fprintf(to, "printed more than %zu bytes", options->output_limit);
        break;
    default: /* strerror: thread-safe in glibc since 2.32, and in musl */
        fprintf(to, "could not be run: %s", strerror(err));
        break;
    }
}

static void explain(const char *const argv[],
                    const struct process_options *options, int err,
                    struct process_result *result)
{
    char *text = NULL;
    size_t size;
    FILE *to;

    result->message = "the command failed, and so did describing it";
    to = open_memstream(&text, &size);
    if (to == NULL)
        return;
    print_command(to, argv);
    print_reason(to, options, err, result->returncode);
    if (fclose(to) == 0)
        result->message = result->message_memory = text;
    else
        free(text);
}

/* The calls. */

static int run(const char *const argv[], const struct process_options *options,
               struct process_result *result)
{
    struct child child;
    int err;

    adopt(&child, options, result);
    err = start(&child, argv);
    if (err == 0)
        err = finish(&child, attend(&child));
    if (err == 0 && options->check)
        err = process_check(result);
    close_all(&child);
    if (err != 0 || result->returncode != 0)
        explain(argv, options, err, result);
    return err;
}

int process_run(const char *const argv[], const struct process_options *options,
                struct process_result *result)
{
    static const struct process_options defaults;
    int cancel_state;
    int err;

    if (options == NULL)
        options = &defaults;
    err = check_call(argv, options, result);
    if (err != 0)
        return err;
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &cancel_state);
    err = run(argv, options, result);
    pthread_setcancelstate(cancel_state, NULL);
    return err;
}

int process_check(const struct process_result *result)
{
    return result->returncode == 0 ? 0 : EPROTO;
}

void process_result_destroy(struct process_result *result)
{
    free(result->out);
    free(result->err);
    free(result->message_memory);
    *result = (struct process_result){.message = ""};
}
