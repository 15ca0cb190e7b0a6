/*
 * Nobody posts: the limit passes, and then it is later than the limit.
 *
 * can: exit 0 | late 1\n
 * native: no, it would take an hour
 */
#define _GNU_SOURCE
#include <errno.h>
#include <semaphore.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

int main(void)
{
    struct timespec limit, now;
    sem_t never;
    bool late;

    sem_init(&never, 0, 0);
    clock_gettime(CLOCK_REALTIME, &limit);
    limit.tv_sec += 3600;
    late = sem_timedwait(&never, &limit) != 0 && errno == ETIMEDOUT;
    clock_gettime(CLOCK_REALTIME, &now);
    if (late)
        printf("late %d\n", now.tv_sec >= limit.tv_sec);
    return 0;
}
