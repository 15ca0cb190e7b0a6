/*
 * The thread has ended, or it has not.
 *
 * can: exit 0 | 0 7\n
 * can: exit 0 | 1 7\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdint.h>

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    void *result = NULL;
    pthread_t thread;
    int err;

    pthread_create(&thread, NULL, nothing, (void *)7);
    err = pthread_tryjoin_np(thread, &result);
    if (err == EBUSY)
        pthread_join(thread, &result);
    printf("%d %d\n", err == EBUSY, (int)(intptr_t)result);
    return 0;
}
