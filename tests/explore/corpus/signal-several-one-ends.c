/*
 * As signal-several-at-once, and one of them ends the process: whether the other is
 * handled before is not said. On Linux it is not.
 *
 * can: signal 15 | handled\n
 * says: gets several signals at once
 * native: no, there nothing is handled
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <signal.h>
#include <unistd.h>

static void handle(int number)
{
    if (number == SIGUSR1)
        (void)!write(STDOUT_FILENO, "handled\n", 8);
}

int main(void)
{
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGTERM);
    signal(SIGUSR1, handle);
    sigprocmask(SIG_BLOCK, &set, NULL);
    raise(SIGUSR1);
    raise(SIGTERM);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
    return 0;
}
