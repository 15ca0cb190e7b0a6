/*
 * A variable of a block whose function has set its stack right for it.
 *
 * can: misuse |
 * says: writes a variable of a block that has ended
 * native: no, what it writes to is anything
 */
#include <pthread.h>
#include <stdalign.h>
#include <stdio.h>

static int *where;

static void *run(void *argument)
{
    *where = 2;
    return argument;
}

int main(void)
{
    pthread_t thread;

    {
        alignas(64) int value = 42;

        where = &value;
    }
    pthread_create(&thread, NULL, run, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
