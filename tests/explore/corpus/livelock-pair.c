/*
 * Each waits for the other's flag and sets its own only then: for ever, and it is
 * no deadlock, as both turn in their loops.
 *
 * can: livelock |
 * native: no, it never ends
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int flags[2];

static void *first(void *argument)
{
    while (flags[1] == 0)
        ;
    flags[0] = 1;
    return argument;
}

static void *second(void *argument)
{
    while (flags[0] == 0)
        ;
    flags[1] = 1;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts("done");
    return 0;
}
