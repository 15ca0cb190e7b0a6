/*
 * A question and an answer, then the end of the one half, then of the other.
 *
 * can: exit 0 | ping pong end\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static int ends[2];

static void *answer(void *argument)
{
    char text[8];

    if (recv(ends[1], text, 5, MSG_WAITALL) == 5)
        send(ends[1], "pong", 5, MSG_NOSIGNAL);
    while (recv(ends[1], text, sizeof text, 0) > 0)
        ;
    close(ends[1]);
    return argument;
}

int main(void)
{
    pthread_t thread;
    char text[8];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        return 1;
    pthread_create(&thread, NULL, answer, NULL);
    send(ends[0], "ping", 5, 0);
    if (recv(ends[0], text, sizeof text, 0) == 5)
        printf("ping %s ", text);
    shutdown(ends[0], SHUT_WR);
    if (read(ends[0], text, sizeof text) == 0)
        puts("end");
    pthread_join(thread, NULL);
    return 0;
}
