/*
 * Two readers that meet at a barrier behind the lock: both are inside at once, or
 * they would wait for each other for ever.
 *
 * can: exit 0 | both\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_rwlock_t lock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t inside;

static void *read_it(void *argument)
{
    pthread_rwlock_rdlock(&lock);
    pthread_barrier_wait(&inside);
    pthread_rwlock_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_barrier_init(&inside, NULL, 2);
    pthread_create(&a, NULL, read_it, NULL);
    pthread_create(&b, NULL, read_it, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts("both");
    return 0;
}
