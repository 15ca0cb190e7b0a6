/* Written by heddle tangle from chapters/10-when-concurrency.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
/*
 * sensor - something far away that a cell asks, and waits for.
 *
 * It is a pair of connected sockets, and nobody ever writes into the far one:
 * a read lasts its full time, and the thread that reads is blocked.
 */
#ifndef ITEMS_SENSOR_H
#define ITEMS_SENSOR_H

#include <poll.h>
#include <stdbool.h>
#include <sys/socket.h>
#include <unistd.h>

struct sensor {
    int near, far;
    int wait_ms; /* how long a read lasts, at least */
};

/* False if there are no sockets left; errno says more. */
static inline bool sensor_open(struct sensor *s, int wait_ms)
{
    int pair[2];

    if (socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0)
        return false;
    *s = (struct sensor){.near = pair[0], .far = pair[1], .wait_ms = wait_ms};
    return true;
}

/* Bytes read, or -1 if there was no news. Any number of threads may read. */
static inline ssize_t sensor_read(const struct sensor *s)
{
    struct pollfd near = {.fd = s->near, .events = POLLIN};
    char data[100];

    if (poll(&near, 1, s->wait_ms) != 1)
        return -1;
    /* MSG_DONTWAIT is not in POSIX.1-2008; Linux, the BSDs and macOS have it */
    return recv(s->near, data, sizeof data, MSG_DONTWAIT);
}

static inline void sensor_close(struct sensor *s)
{
    close(s->near);
    close(s->far);
}

#endif
