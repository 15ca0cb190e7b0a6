/*
 * Two wait at once on one condition variable, each with a mutex of its own:
 * undefined (pthread_cond_wait(3p)).
 *
 * can: misuse |
 * says: waits with another mutex than a thread that waits already
 * native: no, it is undefined
 * explore: spurious=0
 */
#include <pthread.h>
#include <stdio.h>

static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_mutex_t locks[2] = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_MUTEX_INITIALIZER};

static void *wait_there(void *argument)
{
    pthread_mutex_lock(argument);
    pthread_cond_wait(&condition, argument);
    pthread_mutex_unlock(argument);
    return NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, wait_there, &locks[0]);
    pthread_create(&b, NULL, wait_there, &locks[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
