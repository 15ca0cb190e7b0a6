/*
 * Handlers are called in the opposite order of their registration, which is either
 * here.
 *
 * can: exit 0 | a\nb\n
 * can: exit 0 | b\na\n
 * toy: no, it has no atexit
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void say_a(void)
{
    puts("a");
}

static void say_b(void)
{
    puts("b");
}

static void *work(void *argument)
{
    atexit(say_a);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, work, NULL);
    atexit(say_b);
    pthread_join(thread, NULL);
    return 0;
}
