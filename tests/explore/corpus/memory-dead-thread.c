/*
 * A thread's variable, by the address that it returned.
 *
 * can: misuse |
 * says: reads a variable of a thread that has ended
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>

static int *where;

static void *run(void *argument)
{
    int value = 42;

    where = &value;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", *where);
    return 0;
}
