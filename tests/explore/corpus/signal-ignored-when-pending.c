/*
 * To ignore a signal discards one that is pending (POSIX, 2.4.3), also one to the
 * whole process.
 *
 * can: exit 0 | 0\n
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGUSR1);
    signal(SIGUSR1, SIG_IGN);
    sigpending(&set);
    printf("%d\n", sigismember(&set, SIGUSR1));
    return 0;
}
