/*
 * The new thread may run before its number is stored: POSIX promises that only when
 * pthread_create returns.
 *
 * can: exit 0 | not yet\n
 * can: exit 0 | it is me\n
 * races: thread
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <stdio.h>

static pthread_t thread;

static void *look(void *argument)
{
    puts(pthread_equal(thread, pthread_self()) ? "it is me" : "not yet");
    return argument;
}

int main(void)
{
    pthread_create(&thread, NULL, look, NULL);
    pthread_join(thread, NULL);
    return 0;
}
