/*
 * Nobody can wait for a detached thread.
 *
 * can: misuse |
 * says: joins a thread that is detached
 * native: no, it is undefined
 */
#include <pthread.h>
#include <stdio.h>

static void *nothing(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, nothing, NULL);
    pthread_detach(thread);
    pthread_join(thread, NULL);
    return 0;
}
