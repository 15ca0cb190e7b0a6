/*
 * Locked after its end.
 *
 * can: misuse |
 * says: uses a mutex that was destroyed
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_destroy(&lock);
    pthread_mutex_lock(&lock);
    return 0;
}
