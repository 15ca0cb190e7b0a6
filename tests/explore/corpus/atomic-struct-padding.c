/*
 * clang makes 16 bytes of an atomic struct of 12, and compares all of them; four of those
 * in `expected` nobody has written (C17, 7.17.7.4, note 1: what looks equal need not be).
 * So with other bytes there neither may win. gcc compares 12.
 *
 * can: exit 0 | 1 1 1\n
 * can: exit 0 | 0 2 2\n
 * says: depends on memory that it has not written before
 * status: 3
 * compiler: clang
 * native: no, it is gcc's
 * toy: no, it is gcc's
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
