/*
 * A limit that a clock was asked for: both that it passes and that it does not are
 * here, however long things take.
 *
 * can: exit 0 | ready\n
 * can: exit 0 | late\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <time.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static int ready;

static void *work(void *argument)
{
    pthread_mutex_lock(&mutex);
    ready = 1;
    pthread_cond_signal(&condition);
    pthread_mutex_unlock(&mutex);
    return argument;
}

int main(void)
{
    struct timespec limit;
    pthread_t thread;
    int err = 0;

    pthread_create(&thread, NULL, work, NULL);
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec++;
    pthread_mutex_lock(&mutex);
    while (!ready && err == 0)
        err = pthread_cond_timedwait(&condition, &mutex, &limit);
    puts(ready ? "ready" : "late");
    pthread_mutex_unlock(&mutex);
    pthread_join(thread, NULL);
    return 0;
}
