/*
 * Two at once, and one of them nobody notices: there is no order to promise.
 *
 * can: exit 0 | 10\n
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>

static void handle(int number)
{
    printf("%d\n", number);
}

int main(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGCHLD);
    signal(SIGUSR1, handle);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    raise(SIGCHLD);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    return 0;
}
