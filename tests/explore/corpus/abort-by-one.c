/*
 * A thread that aborts ends the program, unless main was quicker.
 *
 * can: exit 0 |
 * can: signal 6 |
 */
#include <pthread.h>
#include <stdlib.h>

static void *give_up(void *argument)
{
    (void)argument;
    abort();
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, give_up, NULL);
    return 0;
}
