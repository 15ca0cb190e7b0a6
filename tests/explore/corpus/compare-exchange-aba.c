/*
 * The famous ABA: the compare-exchange of the first finds 0 as it was, though the
 * second has changed it to 1 and back meanwhile. It works then
 * as well; what it has written stays unless the second comes behind it.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 0\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int value;

static void *change(void *argument)
{
    int seen = atomic_load(&value);

    atomic_compare_exchange_strong(&value, &seen, 2);
    return argument;
}

static void *there_and_back(void *argument)
{
    atomic_store(&value, 1);
    atomic_store(&value, 0);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, change, NULL);
    pthread_create(&b, NULL, there_and_back, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", value);
    return 0;
}
