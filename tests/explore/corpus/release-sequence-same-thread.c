/*
 * A relaxed store of the same thread goes on with the release sequence of its
 * release store (C17, 5.1.2.4p10; C++20 took that out). No race.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
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
    data = 1;
    atomic_store_explicit(&flag, 1, memory_order_release);
    atomic_store_explicit(&flag, 2, memory_order_relaxed);
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    if (atomic_load_explicit(&flag, memory_order_acquire) == 2)
        printf("%d\n", data);
    else
        puts("0");
    pthread_join(runner, NULL);
    return 0;
}
