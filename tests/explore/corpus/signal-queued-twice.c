/*
 * From the 32nd on signals are queued, each time: that is refused.
 *
 * says: sends signal 40, which is queued, a second time
 * status: 2
 * toy: no, it has no signals
 * native: no, it waits
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>

int main(void)
{
    sigset_t set;
    int number;

    sigemptyset(&set);
    sigaddset(&set, 40);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
    pthread_kill(pthread_self(), 40);
    pthread_kill(pthread_self(), 40);
    sigwait(&set, &number);
    sigwait(&set, &number);
    return 0;
}
