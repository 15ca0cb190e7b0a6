/*
 * Waiting for any of several descriptors: poll(2), select(2), epoll(7), level
 * triggered. To look at them is one step, which waits until one of them is
 * ready, or lets the limit pass. What was never ours is an ordinary file, and
 * always ready; anything else waits for the world outside and is refused.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/select.h>

#include "explore/base/real.h"
#include "explore/intercept/given.h"
#include "explore/intercept/tsan_hooks.h"
#include "explore/run/channel.h"
#include "explore/run/virtual_time.h"

enum { ALWAYS = POLLERR | POLLHUP | POLLNVAL };

/* One look: `find` says how many are ready, and notes it when told to. */
struct look {
    int (*find)(const struct look *look, bool note);
    struct pollfd *fds;
    nfds_t count;
    const struct end *watcher;
    int64_t deadline_ns; /* INT64_MAX: none; 0: it does not wait */
    uintptr_t place;
};

static int fail(int err)
{
    errno = err;
    return -1;
}

/* Waiting --------------------------------------------------------------------- */

static bool any_ready(const struct thread *thread)
{
    const struct look *look = thread->request.about;

    return look->deadline_ns != INT64_MAX || look->find(look, false) != 0;
}

static bool none_ready(const struct thread *thread)
{
    const struct look *look = thread->request.about;

    return look->find(look, false) == 0;
}

/* Which descriptors it may look at can change while it waits, so all. */
static int wait_for_any(const struct look *look)
{
    bool waits = look->deadline_ns > 0;
    struct request request = {
        .op = {.kind = OP_POLL,
               .place = look->place,
               .touches = {touch_channels(TOUCH_LOOK), look->watcher != NULL
                                                           ? touch_end(look->watcher, TOUCH_LOOK)
                                                           : touch_all_numbers(TOUCH_LOOK)}},
        .ready = any_ready,
        .lazy = waits && look->deadline_ns != INT64_MAX ? none_ready : NULL,
        .about = look,
        .cancel = cancel_simply,
        .deadline_ns = look->deadline_ns,
    };
    struct event *event;
    int count;

    event = step(&request);
    count = look->find(look, true);
    event->value = (uint64_t)count;
    if (count == 0 && waits)
        time_pass(look->deadline_ns);
    return count;
}

static int64_t deadline_of(const struct timespec *limit)
{
    const int64_t second_ns = 1000000000, most = INT64_MAX / 4;

    if (limit == NULL)
        return INT64_MAX;
    if (limit->tv_sec == 0 && limit->tv_nsec == 0)
        return 0;
    return limit->tv_sec > most / second_ns
               ? most
               : me->clock.time_ns + limit->tv_sec * second_ns + limit->tv_nsec;
}

/* poll(2) --------------------------------------------------------------------- */

/* The running thread has seen what others did to make it ready. */
static void learn(const struct end *end)
{
    if (end->in != NULL)
        clock_acquire(&end->in->released);
}

static short look_at(const struct pollfd *poll, uintptr_t place)
{
    const struct end *end = end_at(poll->fd);
    struct pollfd outside = *poll;

    if (poll->fd < 0)
        return 0;
    if (end != NULL && end->kind == END_WATCHER)
        run_refuse(place, "waits for an epoll descriptor by another");
    if (end != NULL)
        return (short)(end_events(end) & (poll->events | ALWAYS));
    if (real.poll(&outside, 1, 0) == 0)
        run_refuse(place, "polls a descriptor of the world outside");
    return outside.revents;
}

static int find_polled(const struct look *look, bool note)
{
    int count = 0;

    for (nfds_t i = 0; i < look->count; i++) {
        short found = look_at(&look->fds[i], look->place);

        count += found != 0;
        if (note)
            look->fds[i].revents = found;
        if (note && found != 0 && end_at(look->fds[i].fd) != NULL)
            learn(end_at(look->fds[i].fd));
    }
    return count;
}

static int poll_until(struct pollfd *fds, nfds_t count, const struct timespec *limit,
                      uintptr_t place)
{
    struct look look = {
        .find = find_polled,
        .fds = fds,
        .count = count,
        .place = place,
    };
    int result;

    if (limit != NULL && (!time_is_valid(limit) || limit->tv_sec < 0))
        return fail(EINVAL);
    look.deadline_ns = deadline_of(limit);
    plain_access(fds, count * sizeof *fds, 0, place);
    result = wait_for_any(&look);
    plain_access(fds, count * sizeof *fds, 1, place);
    return result;
}

static struct timespec of_milliseconds(int milliseconds)
{
    return (struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000L};
}

int poll(struct pollfd *fds, nfds_t count, int milliseconds)
{
    struct timespec limit = of_milliseconds(milliseconds);

    if (me == NULL || me->inside > 0)
        return real.poll(fds, count, milliseconds);
    return poll_until(fds, count, milliseconds >= 0 ? &limit : NULL, HERE);
}

int ppoll(struct pollfd *fds, nfds_t count, const struct timespec *limit, const sigset_t *mask)
{
    if (mask != NULL)
        run_refuse(HERE, "calls ppoll with a signal mask");
    given_reads(limit, HERE);
    return poll_until(fds, count, limit, HERE);
}

/* select(2), by poll: bits are POLLIN for the first set, POLLOUT for the second - */

static bool has(int fd, const fd_set *set)
{
    return set != NULL && FD_ISSET(fd, set);
}

static nfds_t polled_of(int most, const fd_set *in, const fd_set *out, struct pollfd *fds)
{
    nfds_t count = 0;

    for (int fd = 0; fd < most; fd++)
        if (has(fd, in) || has(fd, out))
            fds[count++] = (struct pollfd){
                .fd = fd,
                .events = (short)((has(fd, in) ? POLLIN : 0) | (has(fd, out) ? POLLOUT : 0)),
            };
    return count;
}

static int keep_ready(fd_set *set, const struct pollfd *fds, nfds_t count, int events)
{
    fd_set ready;
    int ready_count = 0;

    if (set == NULL)
        return 0;
    FD_ZERO(&ready);
    for (nfds_t i = 0; i < count; i++)
        if (FD_ISSET(fds[i].fd, set) && (fds[i].revents & events) != 0) {
            FD_SET(fds[i].fd, &ready);
            ready_count++;
        }
    *set = ready;
    return ready_count;
}

/* The kernel's words of a set. */
static size_t size_of_set(int most)
{
    return ((size_t)most + 63) / 64 * 8;
}

static int select_until(int most, fd_set *in, fd_set *out, fd_set *except,
                        const struct timespec *limit, uintptr_t place)
{
    static _Thread_local struct pollfd fds[FD_SETSIZE];
    const fd_set *const sets[] = {in, out, except};
    nfds_t count;

    if (most < 0 || most > FD_SETSIZE)
        return fail(EINVAL);
    for (size_t i = 0; i < 3; i++)
        given_access(sets[i], size_of_set(most), 0, place);
    count = polled_of(most, in, out, fds);
    me->inside++;
    for (nfds_t i = 0; i < count; i++)
        if (end_at(fds[i].fd) == NULL && real.fcntl(fds[i].fd, F_GETFD) < 0)
            count = 0, most = -1;
    me->inside--;
    if (most < 0)
        return fail(EBADF);
    if (poll_until(fds, count, limit, place) < 0)
        return -1;
    for (size_t i = 0; i < 3; i++)
        given_access(sets[i], size_of_set(most), 1, place);
    if (except != NULL)
        FD_ZERO(except);
    return keep_ready(in, fds, count, POLLIN | POLLHUP | POLLERR) +
           keep_ready(out, fds, count, POLLOUT | POLLERR);
}

int select(int most, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
           struct timeval *restrict limit)
{
    struct timespec time = {0};

    given_reads(limit, HERE);
    if (limit != NULL)
        time = (struct timespec){limit->tv_sec, limit->tv_usec * 1000};
    return select_until(most, in, out, except, limit != NULL ? &time : NULL, HERE);
}

int pselect(int most, fd_set *restrict in, fd_set *restrict out, fd_set *restrict except,
            const struct timespec *restrict limit, const sigset_t *restrict mask)
{
    if (mask != NULL)
        run_refuse(HERE, "calls pselect with a signal mask");
    given_reads(limit, HERE);
    return select_until(most, in, out, except, limit, HERE);
}

/* epoll(7) -------------------------------------------------------------------- */

enum {
    EVENTS_MODELLED =
        EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLPRI | EPOLLERR | EPOLLHUP | EPOLLRDNORM | EPOLLWRNORM
};

static uint32_t events_of(const struct watch *watch)
{
    const struct end *end = watch->fd >= 0 ? end_at(watch->fd) : NULL;

    if (end == NULL)
        return 0;
    return (uint32_t)end_events(end) & (watch->events | EPOLLERR | EPOLLHUP);
}

static int find_watched(const struct look *look, bool note)
{
    int count = 0;

    (void)note;
    for (int i = 0; i < WATCHES_MOST; i++)
        count += events_of(&look->watcher->watches[i]) != 0;
    return count;
}

/* Which comes first is not said by epoll_wait(2): each order is tried. */
static int take_watched(const struct end *watcher, struct epoll_event *events, int most)
{
    const struct watch *ready[WATCHES_MOST];
    unsigned count = 0, orders = 1, order;
    int taken = 0;

    for (int i = 0; i < WATCHES_MOST; i++)
        if (events_of(&watcher->watches[i]) != 0)
            ready[count++] = &watcher->watches[i];
    for (unsigned i = 2; i <= count; i++)
        orders = orders * i > 255 ? 256 : orders * i;
    if (orders > 255)
        run_refuse(0, "has more than five descriptors ready for epoll_wait");
    order = orders > 1 ? step_choose(orders) : 0;
    for (; count > 0 && taken < most; taken++) {
        unsigned n = order % count;

        order /= count;
        events[taken].events = events_of(ready[n]);
        events[taken].data.u64 = ready[n]->data;
        learn(end_at(ready[n]->fd));
        ready[n] = ready[--count];
    }
    return taken;
}

static int watch_until(int fd, struct epoll_event *events, int most, const struct timespec *limit,
                       uintptr_t place)
{
    struct look look = {.find = find_watched, .watcher = end_at(fd), .place = place};
    int count;

    if (look.watcher == NULL)
        return fail(EBADF);
    if (look.watcher->kind != END_WATCHER || most <= 0)
        return fail(EINVAL);
    look.deadline_ns = deadline_of(limit);
    count = wait_for_any(&look);
    if (count > 0)
        count = take_watched(look.watcher, events, most);
    plain_access(events, (size_t)count * sizeof *events, 1, place);
    return count;
}

int epoll_wait(int fd, struct epoll_event *events, int most, int milliseconds)
{
    struct timespec limit = of_milliseconds(milliseconds);

    return watch_until(fd, events, most, milliseconds >= 0 ? &limit : NULL, HERE);
}

int epoll_pwait(int fd, struct epoll_event *events, int most, int milliseconds,
                const sigset_t *mask)
{
    struct timespec limit = of_milliseconds(milliseconds);

    if (mask != NULL)
        run_refuse(HERE, "calls epoll_pwait with a signal mask");
    return watch_until(fd, events, most, milliseconds >= 0 ? &limit : NULL, HERE);
}

static struct watch *watch_of(struct end *watcher, int fd)
{
    for (int i = 0; i < WATCHES_MOST; i++)
        if (watcher->watches[i].fd == fd)
            return &watcher->watches[i];
    return NULL;
}

static int change_watch(struct end *watcher, int command, int fd, const struct epoll_event *event,
                        uintptr_t place)
{
    struct watch *watch = watch_of(watcher, fd);

    if ((command == EPOLL_CTL_ADD) == (watch != NULL))
        return fail(watch != NULL ? EEXIST : ENOENT);
    if (command == EPOLL_CTL_DEL) {
        watch->fd = -1;
        return 0;
    }
    if (watch == NULL && (watch = watch_of(watcher, -1)) == NULL)
        run_refuse(place, "watches more than %d descriptors with epoll", WATCHES_MOST);
    *watch = (struct watch){fd, event->events, event->data.u64};
    return 0;
}

int epoll_ctl(int watcher_fd, int command, int fd, struct epoll_event *event)
{
    struct end *watcher = end_used(watcher_fd, HERE), *end = end_used(fd, HERE);
    struct epoll_event given = {0};

    if (command != EPOLL_CTL_DEL) {
        given_reads(event, HERE);
        given = *event;
    }
    if (watcher == NULL)
        return fail(EBADF);
    if (watcher->kind != END_WATCHER || watcher == end)
        return fail(EINVAL);
    if (end == NULL || end->kind == END_WATCHER)
        run_refuse(HERE, "watches with epoll what is no pipe, socket or eventfd of its own");
    if (command != EPOLL_CTL_DEL && (given.events & ~(uint32_t)EVENTS_MODELLED) != 0)
        run_refuse(HERE, "calls epoll_ctl with EPOLLET, EPOLLONESHOT or the like");
    step(&(const struct request){
        .op = {.kind = OP_CHANGE,
               .place = HERE,
               .touches = {touch_number(fd, TOUCH_LOOK), touch_end(watcher, TOUCH_CHANGE)}},
    });
    return change_watch(watcher, command, fd, &given, HERE);
}
