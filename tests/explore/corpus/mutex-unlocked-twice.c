/*
 * A mutex of the normal kind does not tell, it is undefined.
 *
 * can: misuse |
 * says: unlocks a mutex that is not locked
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&lock);
    return 0;
}
