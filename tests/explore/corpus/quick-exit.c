/*
 * The thread prints before quick_exit calls the handler, between that and the end
 * of the process, or never. quick_exit flushes nothing, so it cuts nothing.
 *
 * can: exit 3 | bye\n
 * can: exit 3 | bye\nthread\n
 * can: exit 3 | thread\nbye\n
 * says: ends without flushing what it has printed
 * status: 3
 * native: no, what is in a buffer is lost
 * toy: no, it has no quick_exit
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void say_bye(void)
{
    puts("bye");
}

static void *say(void *argument)
{
    puts("thread");
    return argument;
}

int main(void)
{
    pthread_t thread;

    at_quick_exit(say_bye);
    pthread_create(&thread, NULL, say, NULL);
    quick_exit(3);
}
