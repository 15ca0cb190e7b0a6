#define _GNU_SOURCE
#include "explore/search/patience.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/world/memory.h"

enum { LINE_MOST = 256 };

static const int signals[] = {SIGINT, SIGTERM};
enum { SIGNALS = sizeof signals / sizeof *signals };

KEPT static volatile sig_atomic_t is_out;
KEPT static struct sigaction before[SIGNALS];
KEPT static bool begun;
KEPT static int terminal = -1;
KEPT static double next; /* when the next line is due; 0: not known */
KEPT static bool shown;

/* Signals -------------------------------------------------------------------------- */

/* What is ignored, as behind nohup(1), stays so. */
static void put_back(void)
{
    for (int i = 0; i < SIGNALS; i++)
        real.sigaction(signals[i], &before[i], NULL);
}

/* It may be a run's memory, on a run's stack, that it comes to; so not even errno is
 * touched. The next one is the system's. */
static void note(int signal_number)
{
    (void)signal_number;
    is_out = 1;
}

static void take_signals(void)
{
    struct sigaction action = {
        .sa_handler = note,
        .sa_flags = (int)(SA_ONSTACK | SA_RESTART | SA_RESETHAND),
    };

    sigemptyset(&action.sa_mask);
    for (int i = 0; i < SIGNALS; i++) {
        real.sigaction(signals[i], NULL, &before[i]);
        if (before[i].sa_handler != SIG_IGN)
            real.sigaction(signals[i], &action, NULL);
    }
}

bool patience_is_out(void)
{
    return is_out != 0;
}

/* Lines ---------------------------------------------------------------------------- */

static bool is_plain(void)
{
    const char *kind = getenv("TERM");

    return kind == NULL || *kind == '\0' || strcmp(kind, "dumb") == 0;
}

void patience_begin(bool shows)
{
    take_signals();
    begun = true;
    if (shows && isatty(STDERR_FILENO) && !is_plain())
        terminal = real.fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
}

bool patience_wants(double now)
{
    if (terminal < 0)
        return false;
    if (next == 0)
        next = now + 1;
    if (now < next)
        return false;
    next = now + 0.25;
    return true;
}

static size_t width(void)
{
    struct winsize size;

    return ioctl(terminal, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : 80;
}

/* Back to the beginning of the line, and clear to its end (ECMA-48, EL). */
static void write_line(const char *line, size_t size)
{
    char text[LINE_MOST + 8];
    int length = snprintf(text, sizeof text, "\r%.*s\033[K", (int)size, line);

    if (real.write(terminal, text, (size_t)length) != length)
        terminal = -1; /* nobody looks any more */
}

void patience_show(const char *line)
{
    size_t room = width() - 1, size = strnlen(line, LINE_MOST);

    write_line(line, size < room ? size : room);
    shown = true;
}

void patience_end(void)
{
    if (shown)
        write_line("", 0);
    shown = false;
    if (begun)
        put_back();
    begun = false;
}

void patience_is_others(void)
{
    terminal = -1;
}

void patience_is_none(void)
{
    if (begun) {
        setpgid(0, 0);
        put_back();
    }
}
