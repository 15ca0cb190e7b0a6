/*
 * As given-result, with C's own threads.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 5\n
 * races: result
 * toy: no, it does not see what a call writes
 */
#include <stdio.h>
#include <threads.h>

static int result;
static thrd_t worker;

static int work(void *argument)
{
    (void)argument;
    return 5;
}

static int wait_for_it(void *argument)
{
    (void)argument;
    return thrd_join(worker, &result);
}

int main(void)
{
    thrd_t thread;

    thrd_create(&worker, work, NULL);
    thrd_create(&thread, wait_for_it, NULL);
    printf("%d\n", result);
    thrd_join(thread, NULL);
    return 0;
}
