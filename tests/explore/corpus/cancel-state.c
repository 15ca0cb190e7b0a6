/*
 * As long as it does not let itself be cancelled, it is not: one is counted
 * always, two only if the cancelling comes late.
 *
 * can: exit 0 | 1 cancelled\n
 * can: exit 0 | 2 ended\n
 * native: no, the delays of native.c are cancellation points
 */
#include <pthread.h>
#include <stdio.h>

static int count;

static void *work(void *argument)
{
    pthread_setcancelstate(PTHREAD_CANCEL_DISABLE, NULL);
    pthread_testcancel();
    count++;
    pthread_setcancelstate(PTHREAD_CANCEL_ENABLE, NULL);
    pthread_testcancel();
    count++;
    return argument;
}

int main(void)
{
    pthread_t thread;
    void *result;

    pthread_create(&thread, NULL, work, NULL);
    pthread_cancel(thread);
    pthread_join(thread, &result);
    printf("%d %s\n", count, result == PTHREAD_CANCELED ? "cancelled" : "ended");
    return 0;
}
