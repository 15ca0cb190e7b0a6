/*
 * After its end it is none that could be destroyed.
 *
 * can: misuse |
 * says: uses a condition variable that was destroyed
 * native: no, it is undefined
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>

static pthread_cond_t thing;

int main(void)
{
    pthread_cond_init(&thing, NULL);
    pthread_cond_destroy(&thing);
    pthread_cond_destroy(&thing);
    return 0;
}
