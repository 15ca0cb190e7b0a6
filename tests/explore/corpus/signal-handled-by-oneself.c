/*
 * raise() returns when the handler has run; what is blocked comes when it is
 * unblocked, before that call returns.
 *
 * can: exit 0 | 1 1 2\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static volatile sig_atomic_t count;

static void handle(int number)
{
    (void)number;
    count++;
}

int main(void)
{
    struct sigaction action = {.sa_handler = handle};
    sigset_t set;

    sigemptyset(&action.sa_mask);
    sigaction(SIGUSR1, &action, NULL);
    raise(SIGUSR1);
    printf("%d ", count);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_kill(pthread_self(), SIGUSR1);
    printf("%d ", count);
    pthread_sigmask(SIG_UNBLOCK, &set, NULL);
    printf("%d\n", count);
    return 0;
}
