/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a mutex that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_mutex_t thing;

int main(void)
{
    pthread_mutex_init(&thing, NULL);
    pthread_mutex_destroy(&thing);
    pthread_mutex_destroy(&thing);
    return 0;
}
