/*
 * The library that unwinds a stack does something once itself, which is no step of the
 * program's and makes none of its threads know of another.
 *
 * can: exit 0 | 00
 * can: exit 0 | 01
 * can: exit 0 | 10
 * can: exit 0 | 11
 * explore: model=rc11
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x, y;
static int seen;

static void *run(void *argument)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    seen = atomic_load_explicit(&y, memory_order_relaxed);
    pthread_exit(argument);
}

int main(void)
{
    pthread_t thread;
    int mine;

    pthread_create(&thread, NULL, run, NULL);
    atomic_store_explicit(&y, 1, memory_order_relaxed);
    mine = atomic_load_explicit(&x, memory_order_relaxed);
    pthread_join(thread, NULL);
    printf("%d%d", mine, seen);
    pthread_exit(NULL);
}
