/*
 * What a compare-exchange expects it reads, and writes where it fails: both are
 * plain accesses. The other thread's store races with them. The value is 0; the
 * compare-exchange reads 0 or 5 as expected, and where that is 5 it writes 0, before
 * the store's own place in time or after.
 *
 * races: expected
 * can: exit 0 | 1 5\n
 * can: exit 0 | 0 0\n
 * toy: no, it has no compare-exchange
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int value;
static int expected;

static void *store(void *argument)
{
    expected = 5;
    return argument;
}

int main(void)
{
    pthread_t thread;
    int swapped;

    pthread_create(&thread, NULL, store, NULL);
    swapped = atomic_compare_exchange_strong(&value, &expected, 1);
    pthread_join(thread, NULL);
    printf("%d %d\n", swapped, expected);
    return 0;
}
