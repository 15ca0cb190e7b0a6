/*
 * Somebody waits there already, or comes later; or main is gone first.
 *
 * can: misuse |
 * can: exit 0 |
 * says: destroys a barrier that a thread waits at
 * says: uses a barrier that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t barrier;

static void *wait_there(void *argument)
{
    pthread_barrier_wait(&barrier);
    return argument;
}

int main(void)
{
    pthread_t waiter;

    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&waiter, NULL, wait_there, NULL);
    pthread_barrier_destroy(&barrier);
    return 0;
}
