/*
 * Explorations that take long: what they say meanwhile, on a real terminal, and
 * how they are ended there.
 */
#define _GNU_SOURCE
#include "explore_run.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>

enum { GUARD_MS = 60000, TEXT_MOST = 1 << 16 };

/* Nobody waits for its end: four threads with three items. */
#define LONG "2", "2", "3", NULL

struct session {
    pid_t pid;
    int terminal, output; /* -1: there is no terminal */
    char seen[TEXT_MOST], said[TEXT_MOST];
};

static int open_terminal(char *name, size_t size)
{
    int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

    assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    assert_int_equal(ptsname_r(terminal, name, size), 0);
    assert_int_equal(ioctl(terminal, TIOCSWINSZ, &(struct winsize){24, 100, 0, 0}), 0);
    return terminal;
}

/* In the child: a session whose terminal that is, where there is one. */
static void settle(const char *name, int output, const char *options)
{
    int terminal = open(name, O_RDWR);

    signal(SIGINT, SIG_DFL); /* a shell's job in the background ignores it */
    setsid();
    ioctl(terminal, TIOCSCTTY, 0);
    dup2(output, STDOUT_FILENO);
    dup2(terminal, STDERR_FILENO);
    setenv("TERM", "xterm", 1);
    setenv("EXPLORE", options, 1);
}

static void session_begin(struct session *session, const char *options, const char *const *words)
{
    char *argv[8] = {NULL}, path[4096], name[64] = "/dev/null";
    int output[2];

    *session = (struct session){.terminal = -1};
    explored_path("slots", path, sizeof path);
    argv[0] = path;
    for (size_t i = 0; words[i] != NULL; i++)
        argv[i + 1] = strdup(words[i]);
    if (strstr(options, "quiet") == NULL)
        session->terminal = open_terminal(name, sizeof name);
    assert_int_equal(pipe2(output, O_CLOEXEC), 0);
    session->pid = fork();
    if (session->pid == 0) {
        settle(name, output[1], options);
        execv(path, argv);
        _exit(127);
    }
    for (size_t i = 1; argv[i] != NULL; i++)
        free(argv[i]);
    assert_true(session->pid > 0);
    close(output[1]);
    session->output = output[0];
}

/* Until it has that text, or its other end is closed. */
static bool read_until(int fd, char *text, const char *wanted)
{
    struct pollfd one = {.fd = fd, .events = POLLIN};
    size_t size = strlen(text);
    ssize_t got;

    while (wanted == NULL || strstr(text, wanted) == NULL) {
        assert_true(size < TEXT_MOST - 1);
        if (poll(&one, 1, GUARD_MS) <= 0)
            fail_msg("nothing comes behind: %s", text);
        got = read(fd, text + size, TEXT_MOST - 1 - size);
        if (got <= 0)
            return wanted == NULL;
        size += (size_t)got;
        text[size] = '\0';
    }
    return true;
}

static int session_end(struct session *session)
{
    int status;

    assert_true(read_until(session->output, session->said, NULL));
    assert_int_equal(waitpid(session->pid, &status, 0), session->pid);
    close(session->output);
    if (session->terminal >= 0)
        close(session->terminal);
    return status;
}

static void assert_interrupted(const struct session *session, int status)
{
    if (strstr(session->said, "incomplete: interrupted after ") == NULL ||
        strstr(session->said, "\noutcome 1, of ") == NULL)
        fail_msg("it says: %s", session->said);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 3);
}

static void press_control_c(const char *options)
{
    struct session session;
    int status;

    session_begin(&session, options, (const char *const[]){LONG});
    assert_true(read_until(session.terminal, session.seen, " runs"));
    assert_true(read_until(session.terminal, session.seen, "; 1 outcome, depth "));
    assert_int_equal(write(session.terminal, "\003", 1), 1);
    status = session_end(&session);
    assert_interrupted(&session, status);
}

TEST(control_c_on_a_terminal_prints_what_was_found)
{
    press_control_c("");
    press_control_c("engine=fork jobs=2");
}

/* Nothing but the line, and in the end not even that. */
TEST(the_line_of_a_terminal_is_taken_away)
{
    static const char cleared[] = "\r\033[K";
    struct session session;
    int status;

    session_begin(&session, "", (const char *const[]){LONG});
    assert_true(read_until(session.terminal, session.seen, " runs"));
    assert_int_equal(kill(session.pid, SIGTERM), 0);
    read_until(session.terminal, session.seen, "\r\033[K\r\033[K");
    status = session_end(&session);
    assert_interrupted(&session, status);
    assert_null(strchr(session.seen, '\n'));
    assert_string_equal(session.seen + strlen(session.seen) - strlen(cleared), cleared);
}

/* ... as where it is not wanted. */
TEST(whoever_is_no_terminal_is_told_nothing)
{
    struct session session;
    int status;

    session_begin(&session, "quiet runs=2000", (const char *const[]){LONG});
    status = session_end(&session);
    assert_non_null(strstr(session.said, "incomplete: stopped after 2000 runs\n"));
    assert_int_equal(WEXITSTATUS(status), 3);
}

int main(void)
{
    return tests_run(NULL, NULL);
}
