/*
 * POSIX leaves open what becomes of a locked mutex that is destroyed.
 *
 * can: misuse |
 * says: destroys a mutex that is locked
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_destroy(&lock);
    return 0;
}
