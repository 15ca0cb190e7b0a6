#define _GNU_SOURCE
#include "explore/intercept/given.h"
#include "explore/intercept/transfer.h"

#include <errno.h>
#include <limits.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

#include "explore/base/real.h"
#include "explore/intercept/signals.h"
#include "explore/intercept/tsan_hooks.h"

enum { FLAGS_IN = MSG_DONTWAIT | MSG_PEEK | MSG_WAITALL, FLAGS_OUT = MSG_DONTWAIT | MSG_NOSIGNAL };

/* A call on its way; `size` is what has to fit in before it goes on. */
struct transfer {
    int fd;
    struct end *end;
    size_t size;
    bool in_haste; /* MSG_DONTWAIT */
    uintptr_t place;
};

/* Asked anew at every step: another thread may set O_NONBLOCK. */
static bool waits(const struct transfer *transfer)
{
    return !transfer->in_haste && !transfer->end->nonblocking;
}

static ssize_t fail(int err)
{
    errno = err;
    return -1;
}

static size_t size_of(const struct iovec *parts, int count)
{
    size_t size = 0;

    for (int i = 0; i < count; i++)
        size += parts[i].iov_len;
    return size;
}

/* `size` bytes between the program's memory, `skip` into it, and `bytes`. */
static void copy(const struct iovec *parts, size_t skip, char *bytes, size_t size, bool in,
                 uintptr_t place)
{
    for (; size > 0; skip -= parts->iov_len, parts++) {
        char *at = (char *)parts->iov_base + skip;
        size_t part = skip < parts->iov_len ? parts->iov_len - skip : 0;

        if (part == 0)
            continue;
        if (part > size)
            part = size;
        plain_access(at, part, in, place);
        for (size_t i = 0; i < part; i++)
            *(in ? &at[i] : &bytes[i]) = in ? bytes[i] : at[i];
        bytes += part;
        size -= part;
        skip += part;
    }
}

/* Steps ----------------------------------------------------------------------- */

static bool was_closed(const struct transfer *transfer)
{
    return end_at(transfer->fd) != transfer->end;
}

static bool can_read(const struct thread *thread)
{
    const struct transfer *transfer = thread->request.about;

    return was_closed(transfer) || !waits(transfer) || end_can_read(transfer->end);
}

static bool can_write(const struct thread *thread)
{
    const struct transfer *transfer = thread->request.about;

    return was_closed(transfer) || !waits(transfer) || end_can_write(transfer->end, transfer->size);
}

static struct event *take_step(const struct transfer *transfer, const struct channel *channel,
                               bool in)
{
    enum op_kind waiting = in ? OP_RECEIVE : OP_SEND, trying = in ? OP_TRYRECEIVE : OP_TRYSEND;
    struct event *event = step(&(const struct request){
        .op = {.kind = waits(transfer) ? waiting : trying,
               .place = transfer->place,
               .touches = {touch_number(transfer->fd, TOUCH_LOOK),
                           touch_channel(channel, TOUCH_CHANGE)}},
        .ready = in ? can_read : can_write,
        .cancel = cancel_simply,
        .about = transfer,
    });

    if (was_closed(transfer))
        run_misuse(transfer->place, "uses a descriptor that another thread closes");
    return event;
}

static struct transfer begin(int fd, struct end *end, int flags, uintptr_t place)
{
    return (struct transfer){
        .fd = fd,
        .end = end,
        .in_haste = (flags & MSG_DONTWAIT) != 0,
        .place = place,
    };
}

/* Reading --------------------------------------------------------------------- */

static ssize_t read_counter(const struct transfer *transfer, const struct iovec *parts, int count)
{
    struct channel *counter = transfer->end->in;
    struct event *event;
    uint64_t value;

    if (size_of(parts, count) < sizeof value)
        return fail(EINVAL);
    event = take_step(transfer, counter, true);
    event->failed = counter->count == 0;
    if (event->failed)
        return fail(EAGAIN);
    value = transfer->end->by_one ? 1 : counter->count;
    counter->count -= value;
    event->value = value;
    clock_acquire(&counter->released);
    copy(parts, 0, (char *)&value, sizeof value, true, transfer->place);
    return sizeof value;
}

/* At most what a channel holds. Whoever finds nothing learns from whoever
 * closed it. */
static ssize_t read_some(const struct transfer *transfer, char *bytes, size_t size, bool keep)
{
    struct channel *channel = transfer->end->in;
    struct event *event = take_step(transfer, channel, true);
    ssize_t got;

    event->failed = !end_can_read(transfer->end);
    if (event->failed)
        return fail(EAGAIN);
    event->enabling = channel->size == CHANNEL_SIZE && !keep && !end_modes_change;
    got = (ssize_t)channel_take(channel, bytes, size, keep);
    event->value = (uint64_t)got;
    clock_acquire(&channel->released);
    return got;
}

ssize_t transfer_in(int fd, const struct iovec *parts, int count, int flags, uintptr_t place)
{
    struct transfer transfer = begin(fd, end_at(fd), flags, place);
    size_t size = size_of(parts, count), done = 0;
    char bytes[CHANNEL_SIZE];
    ssize_t got;

    if ((flags & ~FLAGS_IN) != 0)
        run_refuse(place, "calls recv with flags that are not modelled");
    if (transfer.end->in == NULL)
        return fail(EBADF);
    if (transfer.end->in->counts)
        return read_counter(&transfer, parts, count);
    if (size == 0)
        return 0;
    do {
        size_t most = size - done < sizeof bytes ? size - done : sizeof bytes;

        got = read_some(&transfer, bytes, most, (flags & MSG_PEEK) != 0);
        if (got > 0)
            copy(parts, done, bytes, (size_t)got, true, place);
        done += got > 0 ? (size_t)got : 0;
    } while (got > 0 && done < size && (flags & (MSG_WAITALL | MSG_PEEK)) == MSG_WAITALL);
    return done > 0 ? (ssize_t)done : got;
}

/* Writing --------------------------------------------------------------------- */

static ssize_t write_count(struct transfer *transfer, uint64_t value)
{
    struct channel *counter = transfer->end->out;
    struct event *event;

    if (value == UINT64_MAX)
        return fail(EINVAL);
    transfer->size = value;
    event = take_step(transfer, counter, false);
    event->failed = !end_can_write(transfer->end, value);
    if (event->failed)
        return fail(EAGAIN);
    event->enabling = counter->count == 0 && !end_modes_change;
    counter->count += value;
    event->value = value;
    clock_release(&counter->released);
    return sizeof value;
}

static ssize_t write_counter(struct transfer *transfer, const struct iovec *parts, int count)
{
    uint64_t value;

    if (size_of(parts, count) < sizeof value)
        return fail(EINVAL);
    copy(parts, 0, (char *)&value, sizeof value, false, transfer->place);
    return write_count(transfer, value);
}

static ssize_t write_some(const struct transfer *transfer, const char *bytes, size_t size,
                          bool signals)
{
    struct channel *channel = transfer->end->out;
    struct event *event = take_step(transfer, channel, false);
    ssize_t done;

    if (end_is_broken(transfer->end)) {
        if (signals)
            signal_self(SIGPIPE, transfer->place);
        return fail(EPIPE);
    }
    event->failed = !end_can_write(transfer->end, transfer->size);
    if (event->failed)
        return fail(EAGAIN);
    event->enabling = channel->size == 0 && !end_modes_change;
    done = (ssize_t)channel_put(channel, bytes, size);
    event->value = (uint64_t)done;
    clock_release(&channel->released);
    return done;
}

/* More than PIPE_BUF bytes go out in parts, others may come between them. */
ssize_t transfer_out(int fd, const struct iovec *parts, int count, int flags, uintptr_t place)
{
    struct transfer transfer = begin(fd, end_at(fd), flags, place);
    size_t size = size_of(parts, count), done = 0;
    char bytes[CHANNEL_SIZE];
    ssize_t some;

    if ((flags & ~FLAGS_OUT) != 0)
        run_refuse(place, "calls send with flags that are not modelled");
    if (transfer.end->out == NULL)
        return fail(EBADF);
    if (transfer.end->out->counts)
        return write_counter(&transfer, parts, count);
    if (size == 0)
        return 0;
    transfer.size = size;
    do {
        size_t most = size - done < sizeof bytes ? size - done : sizeof bytes;

        copy(parts, done, bytes, most, false, place);
        some = write_some(&transfer, bytes, most, (flags & MSG_NOSIGNAL) == 0);
        done += some > 0 ? (size_t)some : 0;
    } while (some > 0 && done < size && waits(&transfer));
    return done > 0 ? (ssize_t)done : some;
}

/* POSIX and Linux ------------------------------------------------------------- */

static bool is_ours(int fd, uintptr_t place)
{
    return me != NULL && me->inside == 0 && end_used(fd, place) != NULL;
}

ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
    struct iovec part = {bytes, size};

    if (!is_ours(fd, HERE))
        run_refuse(HERE, "calls recv");
    if (end_at(fd)->kind != END_SOCKET)
        return fail(ENOTSOCK);
    return transfer_in(fd, &part, 1, flags, HERE);
}

ssize_t send(int fd, const void *bytes, size_t size, int flags)
{
    struct iovec part = {(void *)(uintptr_t)bytes, size};

    if (!is_ours(fd, HERE))
        run_refuse(HERE, "calls send");
    if (end_at(fd)->kind != END_SOCKET)
        return fail(ENOTSOCK);
    return transfer_out(fd, &part, 1, flags, HERE);
}

ssize_t readv(int fd, const struct iovec *parts, int count)
{
    if (!is_ours(fd, HERE))
        run_refuse(HERE, "calls readv");
    given_access(parts, (size_t)count * sizeof *parts, 0, HERE);
    return transfer_in(fd, parts, count, 0, HERE);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    if (!is_ours(fd, HERE))
        run_refuse(HERE, "calls writev");
    given_access(parts, (size_t)count * sizeof *parts, 0, HERE);
    return transfer_out(fd, parts, count, 0, HERE);
}

int eventfd_read(int fd, eventfd_t *value)
{
    struct iovec part = {value, sizeof *value};

    if (!is_ours(fd, HERE))
        return (int)fail(EBADF);
    return transfer_in(fd, &part, 1, 0, HERE) == sizeof *value ? 0 : -1;
}

int eventfd_write(int fd, eventfd_t value)
{
    struct transfer transfer;

    if (!is_ours(fd, HERE) || end_at(fd)->kind != END_COUNTER)
        return (int)fail(EBADF);
    transfer = begin(fd, end_at(fd), 0, HERE);
    return write_count(&transfer, value) == sizeof value ? 0 : -1;
}
