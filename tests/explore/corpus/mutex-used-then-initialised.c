/*
 * Who has locked it, has used what its initialiser made; so it was there before
 * pthread_mutex_init().
 *
 * can: misuse |
 * says: initialises a lock that was not destroyed
 * native: no, it is undefined
 */
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

int main(void)
{
    pthread_mutex_lock(&lock);
    pthread_mutex_unlock(&lock);
    pthread_mutex_init(&lock, NULL);
    return 0;
}
