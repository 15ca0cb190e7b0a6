/*
 * A queue outside of the program.
 *
 * says: calls msgget
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/msg.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, pass, NULL);
    struct {
        long type;
        char text;
    } message;
    if (msgrcv(msgget(IPC_PRIVATE, 0600), &message, 1, 0, 0) == 1)
        puts("got");
    pthread_join(thread, NULL);
    return 0;
}
