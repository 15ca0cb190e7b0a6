/*
 * The state before is stored where another thread reads it.
 *
 * can: exit 0 | 9\n
 * can: exit 0 | 0\n
 * races: before
 * toy: no, it does not see what a call writes
 */
#include <pthread.h>
#include <stdio.h>

static int before = 9;

static void *shut(void *argument)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, &before);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, shut, NULL);
    printf("%d\n", before);
    pthread_join(thread, NULL);
    return 0;
}
