/*
 * Whoever is woken by a thread that has slept an hour is woken an hour later; but
 * the flag may be seen before that, without any waiting.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * explore: spurious=0
 * native: no, it would take an hour
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static bool flag;

static void *set_and_sleep(void *argument)
{
    pthread_mutex_lock(&lock);
    flag = true;
    pthread_mutex_unlock(&lock);
    sleep(3600);
    pthread_cond_signal(&changed);
    return argument;
}

int main(void)
{
    struct timespec before, after;
    pthread_t thread;

    clock_gettime(CLOCK_MONOTONIC, &before);
    pthread_create(&thread, NULL, set_and_sleep, NULL);
    pthread_mutex_lock(&lock);
    while (!flag)
        pthread_cond_wait(&changed, &lock);
    pthread_mutex_unlock(&lock);
    clock_gettime(CLOCK_MONOTONIC, &after);
    printf("%d\n", after.tv_sec - before.tv_sec >= 3600);
    pthread_join(thread, NULL);
    return 0;
}
