/*
 * ... and with acquire it sees both.
 *
 * can: exit 0 | early\n
 * can: exit 0 | 7\n
 * says: "model": "rc11"
 * steps: the same
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static int data;
static atomic_int flag;

static void *run(void *argument)
{
    data = 7;
    atomic_store_explicit(&flag, 1, memory_order_release);
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    int expected = 5;

    atomic_compare_exchange_strong_explicit(&flag, &expected, 6, memory_order_acq_rel,
                                            memory_order_acquire);
    if (expected == 1)
        printf("%d\n", data);
    else
        puts("early");
    pthread_join(runner, NULL);
    return 0;
}
