/*
 * Pipes, socket pairs and event counters between the threads of the program,
 * as the explorer models them. What the program gets is a real descriptor, so
 * its number is what it would be; but no byte goes through the kernel.
 *
 * A pipe holds CHANNEL_SIZE bytes, which is PIPE_BUF: the least that POSIX
 * allows, and less than what Linux gives as a rule. Who fills one may have to
 * wait for a reader sooner than usual.
 */
#ifndef EXPLORE_RUN_CHANNEL_H
#define EXPLORE_RUN_CHANNEL_H

#include <sys/uio.h>

#include "explore/run/scheduler.h"

enum { CHANNEL_SIZE = 4096, DESCRIPTORS_MOST = 256, WATCHES_MOST = 16 };

/* Bytes on their way in one direction, or a counter (of an eventfd). */
struct channel {
    bool counts;
    unsigned begin, size;      /* of the bytes in the ring */
    uint64_t count;            /* of a counter */
    unsigned readers, writers; /* open ends */
    struct clock released;     /* what a reader learns */
    char bytes[CHANNEL_SIZE];
};

enum end_kind { END_PIPE, END_SOCKET, END_COUNTER, END_WATCHER };

/* What epoll_ctl(2) was told of one descriptor. */
struct watch {
    int fd; /* -1: unused */
    uint32_t events;
    uint64_t data;
};

/* What POSIX calls an open file description: descriptors share it. */
struct end {
    enum end_kind kind;
    unsigned uses;                /* descriptors; 0: nobody has it */
    bool nonblocking, by_one;     /* by_one: an eventfd that is a semaphore */
    bool no_more_in, no_more_out; /* shut down */
    struct channel *in, *out;     /* NULL: cannot be read, written */
    struct watch watches[WATCHES_MOST];
};

/* What the descriptor stands for; NULL: for nothing of ours. */
struct end *end_at(int fd);

/* ... in a call of the running thread. Ends the run where another thread has closed the
 * descriptor, and nothing says that it did so before: the call may as well have been
 * under way then. */
struct end *end_used(int fd, uintptr_t place);

/* A new one, with `fd` as its first descriptor. */
struct end *end_new(int fd, enum end_kind kind, bool nonblocking, uintptr_t place);

/* Two channels for which nobody has an end yet; the second follows the first. */
struct channel *channels_new(uintptr_t place);

void channel_join(struct end *end, struct channel *in, struct channel *out);

/* One more descriptor of it; one less, the last of which closes it. */
void end_share(struct end *end, int fd, uintptr_t place);
void end_drop(int fd);

/* No more bytes in one direction, or in both. */
void end_shut(struct end *end, bool in, bool out);

/* O_NONBLOCK was set or cleared in this run: a read that waited for bytes may
 * have become possible without any. */
extern bool end_modes_change;

/* What steps touch. */
struct touch touch_number(int fd, enum touch_mode mode);
struct touch touch_all_numbers(enum touch_mode mode);
struct touch touch_numbers(enum touch_mode mode); /* which of them are free */
struct touch touch_end(const struct end *end, enum touch_mode mode);
struct touch touch_channel(const struct channel *channel, enum touch_mode mode);
struct touch touch_channels(enum touch_mode mode); /* all */

/* Would a read, a write of `size` bytes, go on at once? */
bool end_can_read(const struct end *end);
bool end_can_write(const struct end *end, size_t size);

/* Will no byte come any more; is nobody there to read what is written? */
bool end_is_drained(const struct end *end);
bool end_is_broken(const struct end *end);

/* As poll(2) has it. */
short end_events(const struct end *end);

/* All that is on its way: memory that may hold pointers of the program's. */
const void *channels_memory(size_t *size);

/* As much as there is, or as fits; no more than `size`. */
size_t channel_take(struct channel *channel, char *bytes, size_t size, bool keep);
size_t channel_put(struct channel *channel, const char *bytes, size_t size);

#endif
