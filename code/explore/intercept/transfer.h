/*
 * Reading and writing what channel.h models: a step that waits as read(2) and
 * write(2) do, unless the descriptor or MSG_DONTWAIT says not to.
 */
#ifndef EXPLORE_INTERCEPT_TRANSFER_H
#define EXPLORE_INTERCEPT_TRANSFER_H

#include <sys/types.h>
#include <sys/uio.h>

#include "explore/run/channel.h"

/* As recv(2), send(2) with a list of parts: the count, or -1 with errno. */
ssize_t transfer_in(int fd, const struct iovec *parts, int count, int flags, uintptr_t place);
ssize_t transfer_out(int fd, const struct iovec *parts, int count, int flags, uintptr_t place);

#endif
