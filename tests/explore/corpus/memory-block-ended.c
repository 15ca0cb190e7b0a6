/*
 * A variable ends with its block, long before its function returns (C17, 6.2.4p6). The
 * machine still has its value, or that of another variable that came there.
 *
 * can: misuse |
 * says: reads a variable of a block that has ended
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>

static int *where;

static void *run(void *argument)
{
    printf("%d\n", *where);
    return argument;
}

int main(void)
{
    pthread_t thread;

    {
        int value = 42;

        where = &value;
    }
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    return 0;
}
