/*
 * A handler of exit() calls it once more, which is undefined (C17, 7.22.4.4).
 *
 * can: misuse |
 * says: calls exit where exit was called already
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdlib.h>

static void leave_again(void)
{
    exit(2);
}

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    atexit(leave_again);
    pthread_create(&thread, NULL, pass, NULL);
    pthread_detach(thread);
    exit(1);
}
