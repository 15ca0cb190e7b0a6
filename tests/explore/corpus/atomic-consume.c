/*
 * Consume is taken for acquire, as compilers do: what the pointer leads to is
 * there.
 *
 * can: exit 0 | nothing yet\n
 * can: exit 0 | 9\n
 * says: "model": "rc11"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static int data;
static _Atomic(int *) where;

static void *run(void *argument)
{
    data = 9;
    atomic_store_explicit(&where, &data, memory_order_release);
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    const int *there = atomic_load_explicit(&where, memory_order_consume);

    if (there != NULL)
        printf("%d\n", *there);
    else
        puts("nothing yet");
    pthread_join(runner, NULL);
    return 0;
}
