/*
 * Nobody prints "after" before both have printed "before".
 *
 * can: exit 0 | before\nbefore\nafter\nafter\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t barrier;

static void *pass(void *argument)
{
    puts("before");
    pthread_barrier_wait(&barrier);
    puts("after");
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&a, NULL, pass, NULL);
    pthread_create(&b, NULL, pass, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
