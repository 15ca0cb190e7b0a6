/*
 * Descriptors of pipes, socket pairs and event counters: made, shared, closed.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "explore/base/real.h"
#include "explore/intercept/calls.h"
#include "explore/intercept/given.h"
#include "explore/intercept/standard.h"
#include "explore/run/channel.h"

static bool is_seen(void)
{
    return me != NULL && me->inside == 0;
}

static bool is_ours(int fd, uintptr_t place)
{
    return is_seen() && end_used(fd, place) != NULL;
}

/* Which numbers are free is what all that open and close have in common. */
static void step_open(uintptr_t place)
{
    step(&(const struct request){
        .op = {.kind = OP_OPEN, .place = place, .touches = {touch_numbers(TOUCH_CHANGE)}},
    });
}

/* Making ---------------------------------------------------------------------- */

static void give_both(int fds[2], const int ends[2], uintptr_t place)
{
    given_access(fds, 2 * sizeof *fds, 1, place);
    memcpy(fds, ends, 2 * sizeof *fds);
}

static int make_pipe(int fds[2], int flags, uintptr_t place)
{
    struct channel *channel;
    int ends[2];

    if ((flags & O_DIRECT) != 0)
        run_refuse(place, "makes a pipe of packets");
    step_open(place);
    if (real.pipe2(ends, flags) != 0)
        return -1;
    channel = channels_new(place);
    channel_join(end_new(ends[0], END_PIPE, (flags & O_NONBLOCK) != 0, place), channel, NULL);
    channel_join(end_new(ends[1], END_PIPE, (flags & O_NONBLOCK) != 0, place), NULL, channel);
    give_both(fds, ends, place);
    return 0;
}

int pipe(int fds[2])
{
    return is_seen() ? make_pipe(fds, 0, HERE) : real.pipe2(fds, 0);
}

int pipe2(int fds[2], int flags)
{
    return is_seen() ? make_pipe(fds, flags, HERE) : real.pipe2(fds, flags);
}

int socketpair(int domain, int type, int protocol, int fds[2])
{
    bool nonblocking = (type & SOCK_NONBLOCK) != 0;
    struct channel *channels;
    int ends[2];

    if (!is_seen())
        return real.socketpair(domain, type, protocol, fds);
    if ((type & ~(SOCK_NONBLOCK | SOCK_CLOEXEC)) != SOCK_STREAM)
        run_refuse(HERE, "makes a pair of sockets of another type than SOCK_STREAM");
    step_open(HERE);
    if (real.socketpair(domain, type, protocol, ends) != 0)
        return -1;
    channels = channels_new(HERE);
    channel_join(end_new(ends[0], END_SOCKET, nonblocking, HERE), &channels[0], &channels[1]);
    channel_join(end_new(ends[1], END_SOCKET, nonblocking, HERE), &channels[1], &channels[0]);
    give_both(fds, ends, HERE);
    return 0;
}

int eventfd(unsigned count, int flags)
{
    struct channel *counter;
    struct end *end;
    int fd;

    if (!is_seen())
        return real.eventfd(count, flags);
    step_open(HERE);
    fd = real.eventfd(count, flags);
    if (fd < 0)
        return fd;
    counter = channels_new(HERE);
    counter->counts = true;
    counter->count = count;
    end = end_new(fd, END_COUNTER, (flags & EFD_NONBLOCK) != 0, HERE);
    end->by_one = (flags & EFD_SEMAPHORE) != 0;
    channel_join(end, counter, counter);
    return fd;
}

static int make_watcher(int flags, uintptr_t place)
{
    int fd;

    step_open(place);
    fd = real.epoll_create1(flags);
    if (fd >= 0)
        end_new(fd, END_WATCHER, false, place);
    return fd;
}

int epoll_create1(int flags)
{
    return is_seen() ? make_watcher(flags, HERE) : real.epoll_create1(flags);
}

int epoll_create(int size)
{
    if (size <= 0) {
        errno = EINVAL;
        return -1;
    }
    return is_seen() ? make_watcher(0, HERE) : real.epoll_create1(0);
}

/* Closing --------------------------------------------------------------------- */

/* Both directions of a socket lie side by side. */
static struct touch touch_both(const struct end *end)
{
    const struct channel *first = end->in != NULL ? end->in : end->out;
    struct touch touch;

    if (first == NULL)
        return touch_end(end, TOUCH_CHANGE);
    if (end->kind == END_SOCKET && end->out < first)
        first = end->out;
    touch = touch_channel(first, TOUCH_CHANGE);
    touch.size += end->kind == END_SOCKET;
    return touch;
}

static void step_close(enum op_kind kind, int fd, uintptr_t place)
{
    const struct end *end = end_at(fd);

    step(&(const struct request){
        .op = {.kind = kind,
               .place = place,
               .touches = {touch_number(fd, TOUCH_CHANGE), touch_both(end),
                           touch_numbers(TOUCH_LOOK)}},
    });
    if (end_at(fd) != end)
        run_misuse(place, "uses a descriptor that another thread closes");
}

int close(int fd)
{
    cancellation_point(HERE);
    if (is_ours(fd, HERE)) {
        step_close(OP_CLOSE, fd, HERE);
        end_drop(fd);
    } else {
        files_close(fd, HERE);
    }
    return real.close(fd);
}

int shutdown(int fd, int how)
{
    if (!is_ours(fd, HERE))
        run_refuse(HERE, "calls shutdown");
    if (end_at(fd)->kind != END_SOCKET || (how != SHUT_RD && how != SHUT_WR && how != SHUT_RDWR)) {
        errno = end_at(fd)->kind != END_SOCKET ? ENOTSOCK : EINVAL;
        return -1;
    }
    step_close(OP_CHANGE, fd, HERE);
    end_shut(end_at(fd), how != SHUT_WR, how != SHUT_RD);
    return 0;
}

/* Sharing --------------------------------------------------------------------- */

static int share(int fd, int least, bool cloexec, uintptr_t place)
{
    int fresh;

    standard_moves();
    if (is_ours(fd, place))
        step_open(place);
    else
        files_open(place);
    fresh = real.fcntl(fd, cloexec ? F_DUPFD_CLOEXEC : F_DUPFD, least);
    if (fresh >= 0 && end_at(fd) != NULL)
        end_share(end_at(fd), fresh, place);
    return fresh;
}

static int share_as(int fd, int as, int flags, uintptr_t place)
{
    int result;

    if (fd == as)
        return real.fcntl(fd, F_GETFD) >= 0 ? as : real.dup3(fd, as, flags);
    standard_moves();
    if (!is_ours(fd, place) && !is_ours(as, place)) {
        files_close(as, place);
        return real.dup3(fd, as, flags);
    }
    if (is_ours(as, place))
        step_close(OP_CLOSE, as, place);
    step_open(place);
    result = real.dup3(fd, as, flags);
    if (result >= 0 && end_at(as) != NULL)
        end_drop(as);
    if (result >= 0 && end_at(fd) != NULL)
        end_share(end_at(fd), as, place);
    return result;
}

int dup(int fd)
{
    return share(fd, 0, false, HERE);
}

int dup2(int fd, int as)
{
    return share_as(fd, as, 0, HERE);
}

int dup3(int fd, int as, int flags)
{
    if (fd == as) {
        errno = EINVAL;
        return -1;
    }
    return share_as(fd, as, flags, HERE);
}

static int set_flags(struct end *end, int fd, int flags, uintptr_t place)
{
    step(&(const struct request){
        .op = {.kind = OP_CHANGE,
               .place = place,
               .touches = {touch_number(fd, TOUCH_CHANGE), touch_both(end)}},
    });
    end->nonblocking = (flags & O_NONBLOCK) != 0;
    end_modes_change = true;
    return real.fcntl(fd, F_SETFL, flags);
}

static int control(int fd, int command, long argument, uintptr_t place)
{
    if (!is_ours(fd, place) && command != F_DUPFD && command != F_DUPFD_CLOEXEC)
        return real.fcntl(fd, command, argument);
    switch (command) {
    case F_DUPFD:
    case F_DUPFD_CLOEXEC:
        return share(fd, (int)argument, command == F_DUPFD_CLOEXEC, place);
    case F_SETFL:
        return set_flags(end_at(fd), fd, (int)argument, place);
    case F_GETFL:
    case F_GETFD:
    case F_SETFD:
        return real.fcntl(fd, command, argument);
    case F_GETPIPE_SZ:
        return CHANNEL_SIZE;
    default:
        run_refuse(place, "calls fcntl with a command that is not modelled");
    }
}

#define FCNTL(name) \
    int name(int fd, int command, ...) \
    { \
        va_list args; \
        long argument; \
\
        va_start(args, command); \
        argument = va_arg(args, long); \
        va_end(args); \
        return control(fd, command, argument, HERE); \
    }

FCNTL(fcntl)
FCNTL(fcntl64)

/* A stream reads where no step is seen. */
FILE *fdopen(int fd, const char *mode)
{
    if (is_ours(fd, HERE))
        run_refuse(HERE, "makes a stream of a pipe or a socket");
    return real.fdopen(fd, mode);
}
