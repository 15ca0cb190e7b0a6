/*
 * A wait with a limit, a signal, and a write that is no part of either: whether
 * the wait ends late or not says nothing about what is read after it.
 *
 * can: exit 0 | late 0, x 0\n
 * can: exit 0 | late 0, x 1\n
 * can: exit 0 | late 1, x 0\n
 * can: exit 0 | late 1, x 1\n
 * explore: spurious=0
 */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t ready = PTHREAD_COND_INITIALIZER;
static atomic_int x;

static void *write_x(void *argument)
{
    atomic_store(&x, 1);
    return argument;
}

static void *send(void *argument)
{
    pthread_cond_signal(&ready);
    return argument;
}

int main(void)
{
    pthread_t writer, sender;
    int late, seen;

    pthread_create(&writer, NULL, write_x, NULL);
    pthread_create(&sender, NULL, send, NULL);
    pthread_mutex_lock(&lock);
    late = pthread_cond_timedwait(&ready, &lock, &(struct timespec){0}) == ETIMEDOUT;
    seen = atomic_load(&x);
    pthread_mutex_unlock(&lock);
    printf("late %d, x %d\n", late, seen);
    pthread_join(writer, NULL);
    pthread_join(sender, NULL);
    return 0;
}
