/*
 * Initialised anew while somebody has it.
 *
 * can: misuse |
 * says: initialises a mutex that is locked
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_init(&lock, NULL);
    return 0;
}
