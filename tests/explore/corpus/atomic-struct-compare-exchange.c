/*
 * A compare-exchange of a struct: one of the two is first, the other sees what
 * it has left.
 *
 * can: exit 0 | 1 1 1\n
 * can: exit 0 | 0 2 2\n
 * compiler: gcc
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

struct three {
    int a, b, c;
};

static _Atomic struct three shared;

static void *run(void *argument)
{
    struct three nothing = {0, 0, 0};

    atomic_compare_exchange_strong(&shared, &nothing, ((struct three){2, 2, 2}));
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    struct three expected = {0, 0, 0}, old;
    int won = atomic_compare_exchange_strong(&shared, &expected, ((struct three){1, 1, 1}));

    old = atomic_exchange(&shared, ((struct three){9, 9, 9}));
    printf("%d %d %d\n", won, old.b, old.c);
    pthread_join(runner, NULL);
    return 0;
}
