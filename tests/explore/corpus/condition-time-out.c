/*
 * A wait with a limit ends by the signal or by the limit, for time is a choice
 * that exploring makes.
 *
 * can: exit 0 | ready\n
 * can: exit 0 | too late\n
 * native: no, a second is too long
 */
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool ready;

static void *wait_for_it(void *argument)
{
    struct timespec limit;
    int err = 0;

    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec++;
    pthread_mutex_lock(&lock);
    while (!ready && err == 0)
        err = pthread_cond_timedwait(&changed, &lock, &limit);
    puts(ready ? "ready" : "too late");
    pthread_mutex_unlock(&lock);
    return argument;
}

static void *announce(void *argument)
{
    pthread_mutex_lock(&lock);
    ready = true;
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, wait_for_it, NULL);
    pthread_create(&b, NULL, announce, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
