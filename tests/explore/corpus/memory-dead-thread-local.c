/*
 * A thread's own variable is gone with it.
 *
 * can: misuse |
 * says: reads a thread-local variable of a thread that has ended
 * native: no, what it reads is anything
 */
#include <pthread.h>
#include <stdio.h>

static _Thread_local int own = 7;
static int *where;

static void *lend(void *argument)
{
    where = &own;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, lend, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", *where);
    return 0;
}
