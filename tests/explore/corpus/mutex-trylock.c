/*
 * Whoever comes second finds the lock taken, or free again.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER, count_lock = PTHREAD_MUTEX_INITIALIZER;
static int busy;

static void *attempt(void *argument)
{
    if (pthread_mutex_trylock(&lock) == 0) {
        pthread_mutex_unlock(&lock);
    } else {
        pthread_mutex_lock(&count_lock);
        busy++;
        pthread_mutex_unlock(&count_lock);
    }
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, attempt, NULL);
    pthread_create(&b, NULL, attempt, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", busy);
    return 0;
}
