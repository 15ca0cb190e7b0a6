/*
 * Initialised anew while somebody waits there, or before he comes, when it is one too.
 *
 * can: misuse |
 * says: initialises a barrier that a thread waits at
 * says: initialises a barrier that was not destroyed
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
    pthread_barrier_init(&barrier, NULL, 3);
    return 0;
}
