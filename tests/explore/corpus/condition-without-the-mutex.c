/*
 * Who waits must have the mutex.
 *
 * can: misuse |
 * says: waits with a mutex that it has not locked
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_cond_wait(&condition, &lock);
    return 0;
}
