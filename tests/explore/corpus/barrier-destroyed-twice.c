/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a barrier that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_barrier_t thing;

int main(void)
{
    pthread_barrier_init(&thing, NULL, 1);
    pthread_barrier_destroy(&thing);
    pthread_barrier_destroy(&thing);
    return 0;
}
