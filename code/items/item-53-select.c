/* Written by heddle tangle from chapters/30-threads.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#define _POSIX_C_SOURCE 200809L /* select */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

static bool waits(int fd)
{
    struct timeval limit = {.tv_usec = 100000};
    fd_set reading;

    FD_ZERO(&reading);
    FD_SET(fd, &reading);
    return select(fd + 1, &reading, NULL, NULL, &limit) == 0;
}

static void try_to_wait(const char *what, int fd)
{
    char data[100];

    printf("%s: ", what);
    if (waits(fd))
        puts("it waits");
    else if (recv(fd, data, sizeof data, 0) < 0 && errno == ENOTCONN)
        puts("it does not wait, and recv says ENOTCONN");
    else
        puts("it does not wait");
    close(fd);
}

int main(void)
{
    int pair[2];
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) {
        perror("item-53-select");
        return 1;
    }
    try_to_wait("never connected", fd);
    try_to_wait("connected, and nobody writes", pair[0]);
    close(pair[1]);
    return 0;
}
