/*
 * A thread's number is nobody's any more once it was joined (POSIX, 2.9.2): to send a
 * signal there is undefined.
 *
 * can: misuse |
 * says: uses the number of a thread that was joined
 * native: no, it is undefined
 * toy: no, it has no signals
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <signal.h>

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_join(thread, NULL);
    return pthread_kill(thread, 0);
}
