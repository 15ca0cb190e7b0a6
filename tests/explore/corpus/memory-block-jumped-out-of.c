/*
 * A jump by a number leaves a block as well.
 *
 * compiler: gcc
 * can: misuse |
 * says: reads a variable of a block that has ended
 * native: no, what it reads is anything
 * toy: no, it jumps
 */
#include <pthread.h>
#include <stdio.h>

#pragma GCC diagnostic ignored "-Wpedantic"

static int *where;

static void *run(void *argument)
{
    printf("%d\n", *where);
    return argument;
}

int main(int argc, char **argv)
{
    pthread_t thread;
    void *ways[] = {&&one, &&two};

    (void)argv;
    {
        int value = 42;

        where = &value;
        goto *ways[argc - 1];
    }
two:
    puts("two");
one:
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    return 0;
}
