/*
 * POSIX and C leave open what becomes of a mutex that is initialised again.
 *
 * can: misuse |
 * says: initialises a lock that was not destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_mutex_t thing;

int main(void)
{
    pthread_mutex_init(&thing, NULL);
    pthread_mutex_init(&thing, NULL);
    return 0;
}
