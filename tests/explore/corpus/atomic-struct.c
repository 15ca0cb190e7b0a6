/*
 * An atomic struct is stored and loaded as one: never half of each.
 *
 * can: exit 0 | 0 0 0\n
 * can: exit 0 | 1 2 3\n
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
    shared = (struct three){1, 2, 3};
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    struct three seen = shared;

    printf("%d %d %d\n", seen.a, seen.b, seen.c);
    pthread_join(runner, NULL);
    return 0;
}
