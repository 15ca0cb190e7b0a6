/*
 * A destructor runs when exit()'s handlers are done, and prints as they do; what the
 * detached thread does before the end of all, it may see.
 *
 * can: exit 0 | m\nh\n0\n
 * can: exit 0 | m\nh\n1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_int n;

static void *set(void *argument)
{
    n = 1;
    return argument;
}

static void handle(void)
{
    puts("h");
}

__attribute__((destructor)) static void show(void)
{
    printf("%d\n", n);
}

int main(void)
{
    pthread_t thread;

    atexit(handle);
    pthread_create(&thread, NULL, set, NULL);
    pthread_detach(thread);
    puts("m");
    return 0;
}
