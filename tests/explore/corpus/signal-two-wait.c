/*
 * Both are pending before anybody waits. POSIX (XSH 2.4.1) leaves open which of two
 * standard signals is selected first; Linux takes the smaller number.
 *
 * can: exit 0 | 10 12\n
 * can: exit 0 | 12 10\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

static sigset_t set;

static void *listen_to(void *argument)
{
    int first, second;

    sigwait(&set, &first);
    sigwait(&set, &second);
    printf("%d %d\n", first, second);
    return argument;
}

int main(void)
{
    pthread_t thread;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    sigaddset(&set, SIGUSR2);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    kill(getpid(), SIGUSR1);
    kill(getpid(), SIGUSR2);
    pthread_create(&thread, NULL, listen_to, NULL);
    pthread_join(thread, NULL);
    return 0;
}
