/*
 * A signal that nobody sends is waited for in vain.
 *
 * can: deadlock |
 * says: waits for a signal, and nobody sends one
 * native: no, it hangs
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>
#include <stdio.h>

int main(void)
{
    sigset_t set;
    int number;

    sigemptyset(&set);
    sigaddset(&set, SIGUSR1);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    sigwait(&set, &number);
    puts("come");
    return 0;
}
