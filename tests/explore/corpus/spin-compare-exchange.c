/*
 * A lock made of compare-exchange, which spoils what it expects when it
 * fails: so the loop puts that back. A failed one is a load.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int owner;
static int counter;

static void *add(void *argument)
{
    int expected = 0;

    while (!atomic_compare_exchange_strong(&owner, &expected, 1))
        expected = 0;
    counter++;
    atomic_store(&owner, 0);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
