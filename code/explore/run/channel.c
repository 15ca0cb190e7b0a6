#define _GNU_SOURCE
#include "explore/run/channel.h"

#include <limits.h>
#include <poll.h>

#include "explore/base/large.h"

enum { CHANNELS_MOST = 64, ENDS_MOST = 128 };

static const uint64_t count_most = UINT64_MAX - 1; /* eventfd(2) */

LARGE static struct channel channels[CHANNELS_MOST];
LARGE static struct end ends[ENDS_MOST];
LARGE static struct end *table[DESCRIPTORS_MOST];
static unsigned channels_used, ends_used;

/* The last that closed this number, and when. */
static struct {
    bool closed;
    unsigned thread;
    uint32_t tick;
} closings[DESCRIPTORS_MOST];

bool end_modes_change;

/* Bytes that stand for what steps touch. */
static const char number_marks[DESCRIPTORS_MOST], free_numbers;
static const char channel_marks[CHANNELS_MOST], end_marks[ENDS_MOST];

/* Touches --------------------------------------------------------------------- */

static struct touch touch_of(const char *mark, uint32_t size, enum touch_mode mode)
{
    return (struct touch){(uintptr_t)mark, size, mode};
}

struct touch touch_number(int fd, enum touch_mode mode)
{
    return touch_of(&number_marks[fd], 1, mode);
}

struct touch touch_all_numbers(enum touch_mode mode)
{
    return touch_of(number_marks, DESCRIPTORS_MOST, mode);
}

struct touch touch_numbers(enum touch_mode mode)
{
    return touch_of(&free_numbers, 1, mode);
}

struct touch touch_end(const struct end *end, enum touch_mode mode)
{
    return touch_of(&end_marks[end - ends], 1, mode);
}

struct touch touch_channel(const struct channel *channel, enum touch_mode mode)
{
    return touch_of(&channel_marks[channel - channels], 1, mode);
}

struct touch touch_channels(enum touch_mode mode)
{
    return touch_of(channel_marks, CHANNELS_MOST, mode);
}

/* Ends ------------------------------------------------------------------------ */

struct end *end_at(int fd)
{
    return fd >= 0 && fd < DESCRIPTORS_MOST ? table[fd] : NULL;
}

struct end *end_used(int fd, uintptr_t place)
{
    if (fd >= 0 && fd < DESCRIPTORS_MOST && closings[fd].closed && closings[fd].thread != me->id &&
        !clock_knows(&me->clock, closings[fd].thread, closings[fd].tick))
        run_misuse(place, "uses a descriptor that another thread closes");
    return end_at(fd);
}

void end_share(struct end *end, int fd, uintptr_t place)
{
    if (fd >= DESCRIPTORS_MOST)
        run_refuse(place, "has more than %d descriptors", DESCRIPTORS_MOST);
    if (fd <= 2)
        run_refuse(place, "makes a standard stream of a pipe or a socket");
    table[fd] = end;
    end->uses++;
}

struct end *end_new(int fd, enum end_kind kind, bool nonblocking, uintptr_t place)
{
    struct end *end = &ends[ends_used];

    if (ends_used++ == ENDS_MOST)
        run_refuse(place, "makes more than %d ends of pipes and the like", ENDS_MOST);
    *end = (struct end){.kind = kind, .nonblocking = nonblocking};
    for (int i = 0; i < WATCHES_MOST; i++)
        end->watches[i].fd = -1;
    end_share(end, fd, place);
    return end;
}

struct channel *channels_new(uintptr_t place)
{
    channels_used += 2;
    if (channels_used > CHANNELS_MOST)
        run_refuse(place, "makes more than %d pipes and the like", CHANNELS_MOST / 2);
    return &channels[channels_used - 2];
}

void channel_join(struct end *end, struct channel *in, struct channel *out)
{
    end->in = in;
    end->out = out;
    if (in != NULL)
        in->readers++;
    if (out != NULL)
        out->writers++;
}

void end_shut(struct end *end, bool in, bool out)
{
    if (in && end->in != NULL && !end->no_more_in) {
        end->no_more_in = true;
        end->in->readers--;
    }
    if (out && end->out != NULL && !end->no_more_out) {
        end->no_more_out = true;
        clock_release(&end->out->released);
        end->out->writers--;
    }
}

/* epoll(7): a closed descriptor is watched no longer, once nobody has the end. */
static void unwatch(int fd)
{
    for (unsigned i = 0; i < ends_used; i++)
        for (int j = 0; j < WATCHES_MOST; j++)
            if (ends[i].watches[j].fd == fd)
                ends[i].watches[j].fd = -1;
}

void end_drop(int fd)
{
    struct end *end = table[fd];

    table[fd] = NULL;
    closings[fd].closed = true;
    closings[fd].thread = me->id;
    closings[fd].tick = me->clock.ticks[me->id];
    if (--end->uses > 0)
        return;
    unwatch(fd);
    end_shut(end, true, true);
}

/* Bytes ------------------------------------------------------------------------ */

bool end_is_drained(const struct end *end)
{
    return end->no_more_in || (!end->in->counts && end->in->writers == 0);
}

bool end_is_broken(const struct end *end)
{
    return end->no_more_out || (!end->out->counts && end->out->readers == 0);
}

static size_t room_in(const struct channel *channel)
{
    return CHANNEL_SIZE - channel->size;
}

bool end_can_read(const struct end *end)
{
    if (end->in->counts)
        return end->in->count > 0;
    return end->in->size > 0 || end_is_drained(end);
}

/* POSIX: a pipe takes PIPE_BUF bytes or fewer all at once or not at all. To a
 * counter, `size` is added. */
bool end_can_write(const struct end *end, size_t size)
{
    if (end->out->counts)
        return end->out->count <= count_most - size;
    if (end_is_broken(end))
        return true;
    if (room_in(end->out) >= (end->kind == END_PIPE && size <= PIPE_BUF ? size : 1))
        return true;
    record->fills = true;
    return false;
}

static short events_in(const struct end *end)
{
    short events = 0;

    if (end->in->counts ? end->in->count > 0 : end->in->size > 0)
        events |= POLLIN | POLLRDNORM;
    if (!end->in->counts && end_is_drained(end))
        events |= end->kind == END_PIPE ? POLLHUP : POLLIN | POLLRDNORM | POLLRDHUP;
    return events;
}

static short events_out(const struct end *end)
{
    short events = 0;

    if (end_can_write(end, end->kind == END_PIPE ? PIPE_BUF : 1) || end_is_broken(end))
        events |= POLLOUT | POLLWRNORM;
    if (end->kind == END_PIPE && end_is_broken(end))
        events |= POLLERR;
    if (end->kind == END_SOCKET && end_is_broken(end) && end_is_drained(end))
        events |= POLLHUP;
    return events;
}

short end_events(const struct end *end)
{
    int events = 0;

    if (end->in != NULL)
        events |= events_in(end);
    if (end->out != NULL)
        events |= events_out(end);
    return (short)events;
}

const void *channels_memory(size_t *size)
{
    *size = channels_used * sizeof *channels;
    return channels;
}

size_t channel_take(struct channel *channel, char *bytes, size_t size, bool keep)
{
    size_t count = size < channel->size ? size : channel->size;

    for (size_t i = 0; i < count; i++)
        bytes[i] = channel->bytes[(channel->begin + i) % CHANNEL_SIZE];
    if (!keep) {
        channel->begin = (channel->begin + (unsigned)count) % CHANNEL_SIZE;
        channel->size -= (unsigned)count;
    }
    return count;
}

size_t channel_put(struct channel *channel, const char *bytes, size_t size)
{
    size_t count = size < room_in(channel) ? size : room_in(channel);

    record->fills = record->fills || count < size;
    for (size_t i = 0; i < count; i++)
        channel->bytes[(channel->begin + channel->size + i) % CHANNEL_SIZE] = bytes[i];
    channel->size += (unsigned)count;
    return count;
}
