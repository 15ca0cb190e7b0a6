/*
 * Without a buffer puts writes its text and its newline by themselves, and the end
 * may come between the two, whatever ends the process.
 *
 * can: signal 6 |
 * can: signal 6 | thread
 * can: signal 6 | thread\n
 * toy: no, it has no setvbuf
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *say(void *argument)
{
    puts("thread");
    return argument;
}

int main(void)
{
    pthread_t thread;

    setvbuf(stdout, NULL, _IONBF, 0);
    pthread_create(&thread, NULL, say, NULL);
    abort();
}
