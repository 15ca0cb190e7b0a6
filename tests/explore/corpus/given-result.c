/*
 * The one who joins stores the result, and main does not wait for that.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 5\n
 * races: result
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static void *result;
static pthread_t worker;

static void *work(void *argument)
{
    (void)argument;
    return (void *)(intptr_t)5;
}

static void *wait_for_it(void *argument)
{
    pthread_join(worker, &result);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&worker, NULL, work, NULL);
    pthread_create(&thread, NULL, wait_for_it, NULL);
    printf("%d\n", (int)(intptr_t)result);
    pthread_join(thread, NULL);
    return 0;
}
