#include "heddle/system/signal_names.h"

#include <signal.h>

static const struct {
    int number;
    const char *name;
} signals[] = {
    {SIGABRT, "SIGABRT"}, {SIGALRM, "SIGALRM"}, {SIGBUS, "SIGBUS"},   {SIGCHLD, "SIGCHLD"},
    {SIGCONT, "SIGCONT"}, {SIGFPE, "SIGFPE"},   {SIGHUP, "SIGHUP"},   {SIGILL, "SIGILL"},
    {SIGINT, "SIGINT"},   {SIGKILL, "SIGKILL"}, {SIGPIPE, "SIGPIPE"}, {SIGQUIT, "SIGQUIT"},
    {SIGSEGV, "SIGSEGV"}, {SIGSTOP, "SIGSTOP"}, {SIGSYS, "SIGSYS"},   {SIGTERM, "SIGTERM"},
    {SIGTRAP, "SIGTRAP"}, {SIGTSTP, "SIGTSTP"}, {SIGTTIN, "SIGTTIN"}, {SIGTTOU, "SIGTTOU"},
    {SIGURG, "SIGURG"},   {SIGUSR1, "SIGUSR1"}, {SIGUSR2, "SIGUSR2"}, {SIGXCPU, "SIGXCPU"},
    {SIGXFSZ, "SIGXFSZ"},
};

enum { COUNT = sizeof signals / sizeof *signals };

int signal_number(struct span name)
{
    unsigned long number;

    if (span_number(name, 64, &number))
        return (int)number;
    for (size_t i = 0; i < COUNT; i++)
        if (span_is(name, signals[i].name) || span_is(name, signals[i].name + 3))
            return signals[i].number;
    return 0;
}

const char *signal_name(int number)
{
    for (size_t i = 0; i < COUNT; i++)
        if (signals[i].number == number)
            return signals[i].name;
    return NULL;
}
