/*
 * A variable that its function has never touched: whether the function has returned first
 * makes the difference all the same.
 *
 * can: exit 0 | done\n
 * can: misuse |
 * says: writes a variable of a function that has returned
 * races: memory
 * native: no, what it writes to is anything
 */
#include <pthread.h>
#include <stdio.h>

static pthread_t thread;

static void *run(void *argument)
{
    *(int *)argument = 1;
    return NULL;
}

static void start(void)
{
    int value;

    pthread_create(&thread, NULL, run, &value);
}

int main(void)
{
    start();
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
