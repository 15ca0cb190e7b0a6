/*
 * Two threads write to a pipe each, main polls both: it finds the one, the
 * other, or both ready.
 *
 * can: exit 0 | a\n
 * can: exit 0 | b\n
 * can: exit 0 | ab\n
 */
#define _POSIX_C_SOURCE 200809L
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2][2];

static void *say(void *argument)
{
    if (write(ends[(uintptr_t)argument][1], "x", 1) != 1)
        puts("short");
    return NULL;
}

int main(void)
{
    struct pollfd fds[2];
    pthread_t a, b;

    if (pipe(ends[0]) != 0 || pipe(ends[1]) != 0)
        return 1;
    for (int i = 0; i < 2; i++)
        fds[i] = (struct pollfd){.fd = ends[i][0], .events = POLLIN};
    pthread_create(&a, NULL, say, (void *)0);
    pthread_create(&b, NULL, say, (void *)1);
    poll(fds, 2, -1);
    printf("%s%s\n", fds[0].revents == POLLIN ? "a" : "", fds[1].revents == POLLIN ? "b" : "");
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
