/*
 * Each waits for the other's sign with a compare-exchange that takes it back:
 * both see a sign, whoever is first.
 *
 * can: exit 0 | 0 0\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x, y;

static void *first(void *argument)
{
    int one = 1;

    atomic_store(&x, 1);
    while (!atomic_compare_exchange_strong(&y, &one, 0))
        one = 1;
    return argument;
}

static void *second(void *argument)
{
    int one = 1;

    atomic_store(&y, 1);
    while (!atomic_compare_exchange_strong(&x, &one, 0))
        one = 1;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", atomic_load(&x), atomic_load(&y));
    return 0;
}
