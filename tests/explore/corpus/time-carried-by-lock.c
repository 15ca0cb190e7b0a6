/*
 * Whoever learns from a thread that has slept an hour is an hour older itself.
 *
 * can: exit 0 | 1\n
 * native: no, it would take an hour
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <semaphore.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

static sem_t ready;

static void *sleep_long(void *argument)
{
    sleep(3600);
    sem_post(&ready);
    return argument;
}

int main(void)
{
    struct timespec before, after;
    pthread_t thread;

    sem_init(&ready, 0, 0);
    clock_gettime(CLOCK_MONOTONIC, &before);
    pthread_create(&thread, NULL, sleep_long, NULL);
    sem_wait(&ready);
    clock_gettime(CLOCK_MONOTONIC, &after);
    printf("%d\n", after.tv_sec - before.tv_sec >= 3600);
    pthread_join(thread, NULL);
    return 0;
}
