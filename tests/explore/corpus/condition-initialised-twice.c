/*
 * POSIX and C leave open what becomes of a condition variable that is initialised again.
 *
 * can: misuse |
 * says: initialises a condition variable that was not destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_cond_t thing;

int main(void)
{
    pthread_cond_init(&thing, NULL);
    pthread_cond_init(&thing, NULL);
    return 0;
}
