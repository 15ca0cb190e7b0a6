/*
 * A handler is told who sent the signal, and by kill or to one thread.
 *
 * can: exit 0 | mine, to a thread\nmine, to all\nmine, to a thread\n
 * toy: no, it has no signals
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static void handle(int number, siginfo_t *info, void *context)
{
    (void)number, (void)context;
    printf("%s, to %s\n", info->si_pid == getpid() ? "mine" : "another's",
           info->si_code == SI_TKILL  ? "a thread"
           : info->si_code == SI_USER ? "all"
                                      : "?");
}

int main(void)
{
    struct sigaction action = {.sa_sigaction = handle, .sa_flags = SA_SIGINFO};

    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    kill(getpid(), SIGUSR1);
    pthread_kill(pthread_self(), SIGUSR1);
    return 0;
}
