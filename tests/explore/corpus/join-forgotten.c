/*
 * main returns without a join: the program ends, whatever the thread still had
 * to do.
 *
 * can: exit 0 | thread\n
 * can: exit 0 |
 * can: exit 0 | thread
 * says: exits while another thread prints, where C libraries differ
 * status: 3
 * toy: no, it prints a line as one
 */
#include <pthread.h>
#include <stdio.h>

static void *say(void *argument)
{
    puts("thread");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, say, NULL);
    return 0;
}
