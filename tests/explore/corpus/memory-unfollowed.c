/*
 * What graphs cannot follow is named, and the program explored by steps.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * status: 3
 * says: "unfollowed": "rc11 cannot follow open"
 * says: "model": "sc"
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

static atomic_int x;
static int ends[2];

static void *run(void *arg)
{
    atomic_store_explicit(&x, 1, memory_order_relaxed);
    return write(ends[1], "", 1) == 1 ? arg : NULL;
}

int main(void)
{
    pthread_t thread;
    char byte;
    int seen;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, run, NULL);
    seen = atomic_load_explicit(&x, memory_order_relaxed);
    if (read(ends[0], &byte, 1) != 1)
        return 1;
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
