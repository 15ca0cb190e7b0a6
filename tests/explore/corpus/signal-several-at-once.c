/*
 * Two signals are unblocked at once. Nobody promises which handler is first: on Linux
 * it is the last.
 *
 * can: exit 0 | 10\n12\n
 * says: gets several signals at once
 * status: 3
 * native: no, there it is the other way round
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
    sigaddset(&set, SIGUSR2);
    signal(SIGUSR1, handle);
    signal(SIGUSR2, handle);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    raise(SIGUSR2);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    return 0;
}
