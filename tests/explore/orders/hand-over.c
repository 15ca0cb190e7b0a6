/*
 * One thread wakes the other, which then reads what was written before.
 */
#include "weakened.h"

#include <stdio.h>

static struct queue_sleep bed;
static int told;

static void *tell(void *arg)
{
    told = 1;
    queue_wake(&bed);
    return arg;
}

int main(void)
{
    pthread_t thread;
    int err;

    queue_sleep_init(&bed);
    if (pthread_create(&thread, NULL, tell, NULL) != 0)
        return 1;
    err = queue_sleep(&bed, NULL);
    printf("%d %d\n", err, told);
    pthread_join(thread, NULL);
    return 0;
}
