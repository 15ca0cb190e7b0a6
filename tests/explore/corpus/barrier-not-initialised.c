/*
 * Barriers have no initialiser.
 *
 * can: misuse |
 * says: uses a barrier that was not initialised
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t barrier;

int main(void)
{
    pthread_barrier_wait(&barrier);
    return 0;
}
