/*
 * POSIX and C leave open what becomes of a barrier that is initialised again.
 *
 * can: misuse |
 * says: initialises a barrier that was not destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_barrier_t thing;

int main(void)
{
    pthread_barrier_init(&thing, NULL, 1);
    pthread_barrier_init(&thing, NULL, 1);
    return 0;
}
