/*
 * Of those from SIGRTMIN on POSIX says it (XSH 2.4.2): the smallest number first. And
 * whether a standard one comes before them it does not say.
 *
 * can: exit 0 | U01\n
 * can: exit 0 | 0U1\n
 * can: exit 0 | 01U\n
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static char next(const sigset_t *set)
{
    int got;

    sigwait(set, &got);
    return (char)(got == SIGUSR1 ? 'U' : '0' + got - SIGRTMIN);
}

int main(void)
{
    char came[4] = {0};
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGRTMIN);
    sigaddset(&set, SIGRTMIN + 1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGRTMIN + 1);
    kill(getpid(), SIGRTMIN);
    kill(getpid(), SIGUSR1);
    for (int i = 0; i < 3; i++)
        came[i] = next(&set);
    puts(came);
    return 0;
}
