/*
 * A thread hands out the address of a variable and returns from the function:
 * main looks at it before, or when it is no more.
 *
 * can: exit 0 | 42\n
 * can: misuse |
 * says: reads a variable of a function that has returned
 * races: where, memory
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>

static int *where;

static void hand_out(void)
{
    int value = 42;

    where = &value;
}

static void *run(void *argument)
{
    hand_out();
    return argument;
}

int main(void)
{
    pthread_t thread;
    int value;

    pthread_create(&thread, NULL, run, NULL);
    while (where == NULL)
        ;
    value = *where;
    pthread_join(thread, NULL);
    printf("%d\n", value);
    return 0;
}
