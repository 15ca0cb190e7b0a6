/*
 * Pages that listen: each has a connection that stays open, and on it a message
 * whenever there are news (server-sent events: HTML, section 9.2).
 *
 * A page that reads slowly gets the newest news when it has read the last; what
 * came in between it never sees. One that went away is noticed when something is
 * written to it, every quarter of a minute at the latest.
 */
#ifndef HEDDLE_SERVE_EVENTS_H
#define HEDDLE_SERVE_EVENTS_H

#include <microhttpd.h>

#include "heddle/serve/desk.h"

struct listener;

struct events {
    struct desk *desk; /* its lock guards all of this */
    struct listener *listeners;
    bool over;
};

/* An answer that goes on until the page or the server ends; NULL: out of memory. */
struct MHD_Response *events_listen(struct events *events, struct MHD_Connection *connection);

/* The desk is locked: there are news; something is to be written in any case;
 * nothing more will come. */
void events_tell(void *events);
void events_ping(struct events *events);
void events_end(struct events *events);

#endif
