/*
 * What a thread blocks when it begins may stand in its attributes.
 *
 * can: exit 0 | blocked\n
 * toy: no, it has no signals
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

static void *look(void *argument)
{
    sigset_t set;

    pthread_sigmask(SIG_BLOCK, NULL, &set);
    puts(sigismember(&set, SIGUSR1) ? "blocked" : "open");
    return argument;
}

int main(void)
{
    pthread_attr_t attr;
    pthread_t thread;
    sigset_t set;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_attr_init(&attr);
    pthread_attr_setsigmask_np(&attr, &set);
    pthread_create(&thread, &attr, look, NULL);
    pthread_join(thread, NULL);
    return 0;
}
