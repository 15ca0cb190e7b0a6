#include "heddle/serve/events.h"

#include <stdlib.h>
#include <string.h>

enum { BLOCK = 16 * 1024 };

struct listener {
    struct events *events;
    struct MHD_Connection *connection;
    bool suspended, ping;
    unsigned long seen; /* the number of the news that it has */
    struct buf message;
    size_t sent;
    struct listener *next;
};

/* What is next to be written, if anything. A line feed within JSON stands between
 * its values only, where a second "data:" continues it. */
static void fill(struct listener *listener)
{
    struct desk *desk = listener->events->desk;
    struct span rest = buf_span(&desk->news), line;

    listener->message.len = listener->sent = 0;
    if (listener->seen != desk->news_number) {
        while (span_line(&rest, &line))
            buf_addf(&listener->message, "data: %.*s\n", SPAN_ARG(line));
        buf_addc(&listener->message, '\n');
        listener->seen = desk->news_number;
    } else if (listener->ping) {
        buf_adds(&listener->message, ":\n\n");
    }
    listener->ping = false;
}

/* Under the lock, so that no news come between the look and the sleep. */
static ssize_t read_news(void *context, uint64_t at, char *room, size_t size)
{
    struct listener *listener = context;
    pthread_mutex_t *lock = &listener->events->desk->lock;
    ssize_t len;

    (void)at;
    pthread_mutex_lock(lock);
    if (listener->sent == listener->message.len)
        fill(listener);
    len = (ssize_t)(listener->message.len - listener->sent);
    if (len > (ssize_t)size)
        len = (ssize_t)size;
    if (len > 0)
        memcpy(room, listener->message.ptr + listener->sent, (size_t)len);
    listener->sent += (size_t)len;
    if (len == 0 && listener->events->over) {
        len = MHD_CONTENT_READER_END_OF_STREAM;
    } else if (len == 0) {
        listener->suspended = true;
        MHD_suspend_connection(listener->connection);
    }
    pthread_mutex_unlock(lock);
    return len;
}

static void forget(void *context)
{
    struct listener *listener = context, **link = &listener->events->listeners;
    pthread_mutex_t *lock = &listener->events->desk->lock;

    pthread_mutex_lock(lock);
    while (*link != listener)
        link = &(*link)->next;
    *link = listener->next;
    pthread_mutex_unlock(lock);
    buf_free(&listener->message);
    free(listener);
}

struct MHD_Response *events_listen(struct events *events, struct MHD_Connection *connection)
{
    struct listener *listener = mem_alloc(sizeof *listener);
    struct MHD_Response *response;

    *listener = (struct listener){.events = events, .connection = connection};
    pthread_mutex_lock(&events->desk->lock);
    listener->next = events->listeners;
    events->listeners = listener;
    pthread_mutex_unlock(&events->desk->lock);
    response =
        MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, read_news, listener, forget);
    if (response == NULL)
        forget(listener);
    else
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
    return response;
}

static void wake(struct events *events, bool ping)
{
    for (struct listener *listener = events->listeners; listener != NULL;
         listener = listener->next) {
        listener->ping = listener->ping || ping;
        if (listener->suspended)
            MHD_resume_connection(listener->connection);
        listener->suspended = false;
    }
}

void events_tell(void *events)
{
    wake(events, false);
}

void events_ping(struct events *events)
{
    pthread_mutex_lock(&events->desk->lock);
    wake(events, true);
    pthread_mutex_unlock(&events->desk->lock);
}

void events_end(struct events *events)
{
    pthread_mutex_lock(&events->desk->lock);
    events->over = true;
    wake(events, true);
    pthread_mutex_unlock(&events->desk->lock);
}
