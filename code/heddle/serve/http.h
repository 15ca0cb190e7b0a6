/*
 * The web server on 127.0.0.1: libmicrohttpd, one thread for all connections.
 *
 * What it answers, all of it below /KEY/ (guard.h):
 *
 *   GET  PAGE             a woven page; the script of the desk behind its HTML
 *   GET  ~draft/PAGE      the same of the draft
 *   GET  ~desk/FILE       what the desk is made of in the browser
 *   GET  ~npm/FILE        scripts of the parts from npm
 *   GET  ~changes         the news, as they come (events.h)
 *   GET  ~names           what chunks and programs there are
 *   GET  ~chapter/PATH    a chapter's text and its hash
 *   POST ~save/PATH       put a text in the place of the one whose hash X-Base says
 *   POST ~draft/PATH      try a text without saving it
 *   POST ~drop            give the drafts up
 *   POST ~bless           a test's name: write what it printed into its block
 *   POST ~explore         a program's name: run it in every order
 *                         (both of the draft, when there is one and X-Book is not "saved")
 *
 * Anything else is refused: another host or origin (403), another method (405), too
 * long a text (413). A POST needs an Origin, which browsers always send.
 * A connection that moves nothing for half a minute is closed; there are at
 * most a hundred of them, and one that is read slowly keeps no other waiting.
 */
#ifndef HEDDLE_SERVE_HTTP_H
#define HEDDLE_SERVE_HTTP_H

#include "heddle/serve/events.h"
#include "heddle/serve/guard.h"

struct http {
    struct desk *desk;
    struct guard guard;
    struct events events;
    struct MHD_Daemon *daemon;
};

/* A request, from its first line to the end of its answer. */
struct http_request {
    struct http *http;
    struct MHD_Connection *connection;
    const char *method;
    struct arena arena;
    struct span path; /* behind the key */
    struct buf body;
    bool seen, too_long;
    struct desk_ask *ask; /* NULL, or what the answer waits for */
};

/* Take the port that the guard names (0: any; it is in the guard then) and answer
 * from now on. False after reporting. */
bool http_start(struct http *http, struct diags *diags);

/* The desk is stopped already, so nothing is waited for any more. */
void http_stop(struct http *http);

/* For the routes: answer with a text, or refuse with a line. */
enum MHD_Result http_send(struct http_request *request, unsigned status, const char *type,
                          struct span text);
enum MHD_Result http_refuse(struct http_request *request, unsigned status, const char *why);

/* What a request that may be answered gets. (routes.c) */
enum MHD_Result http_route(struct http_request *request);

#endif
