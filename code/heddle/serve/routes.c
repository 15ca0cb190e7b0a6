/*
 * What each address answers; http.h lists them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/media.h"
#include "heddle/base/path.h"
#include "heddle/disk/file.h"
#include "heddle/serve/http.h"
#include "heddle/serve/save.h"

#define NO_PAGE "there is no such page"

/* Files ----------------------------------------------------------------------- */

static const char *type_of(struct span path)
{
    const char *type = media_type(path);

    return type != NULL ? type : "text/plain";
}

/* A regular file, and no link out of its folder. */
static bool read_file(const char *folder, struct span path, struct buf *text)
{
    struct buf name = {0};
    struct stat status;
    bool read = false;
    int fd;

    buf_addf(&name, "%s/%.*s", folder, SPAN_ARG(path));
    fd = open(buf_string(&name), O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
    buf_free(&name);
    if (fd < 0)
        return false;
    read = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && file_read_fd(fd, text) == 0;
    close(fd);
    return read;
}

static enum MHD_Result send_file(struct http_request *request, const char *folder, struct span path)
{
    struct buf text = {0};
    enum MHD_Result result = read_file(folder, path, &text)
                                 ? http_send(request, MHD_HTTP_OK, type_of(path), buf_span(&text))
                                 : http_refuse(request, MHD_HTTP_NOT_FOUND, NO_PAGE);

    buf_free(&text);
    return result;
}

/* Pages ----------------------------------------------------------------------- */

/* Until there is one: what is wrong, and the page as soon as it is there. */
static const char no_page_yet[] = "<!DOCTYPE html>\n<html lang=\"en\"><meta charset=\"utf-8\">"
                                  "<title>heddle serve</title>\n"
                                  "<p id=\"weaving\">The pages are being woven.</p>\n";

/* The hash tells whether a page that is read again is the one that is shown: it may
 * be written before its number is. */
static void add_script(const struct http_request *request, unsigned long pages, struct buf *page)
{
    const char *key = request->http->guard.key;
    char hash[HASH_DIGITS + 1];

    hash_text(buf_span(page), hash);
    buf_addf(page,
             "<script src=\"/%s/~desk/serve.js\" data-home=\"/%s/\" data-pages=\"%lu\" "
             "data-hash=\"%s\"></script>\n",
             key, key, pages, hash);
}

/* Its version before it is read: at worst it is loaded twice. */
static unsigned long pages_of(struct http_request *request, const struct desk_book *book)
{
    unsigned long pages;

    pthread_mutex_lock(&request->http->desk->lock);
    pages = book->pages;
    pthread_mutex_unlock(&request->http->desk->lock);
    return pages;
}

static enum MHD_Result send_page(struct http_request *request, const struct desk_book *book,
                                 struct span path)
{
    unsigned long pages = pages_of(request, book);
    struct buf text = {0}, folder = {0};
    enum MHD_Result result;
    bool found;

    buf_addf(&folder, "%s/%s", book->folder, DESK_PAGES);
    if (!span_ends(path, ".html")) {
        result = send_file(request, buf_string(&folder), path);
        buf_free(&folder);
        return result;
    }
    found = read_file(buf_string(&folder), path, &text);
    if (!found && !span_is(path, "index.html")) {
        result = http_refuse(request, MHD_HTTP_NOT_FOUND, NO_PAGE);
    } else {
        if (!found)
            buf_adds(&text, no_page_yet);
        add_script(request, found ? pages : 0, &text);
        result = http_send(request, MHD_HTTP_OK, "text/html", buf_span(&text));
    }
    buf_free(&folder);
    buf_free(&text);
    return result;
}

/* The desk's parts beside the deck that the book uses, or those of heddle's own. */
static enum MHD_Result send_part(struct http_request *request, struct span path)
{
    struct buf folder = {0};
    enum MHD_Result result;

    buf_addf(&folder, "%s/desk", request->http->desk->options->desk_parts);
    result = send_file(request, buf_string(&folder), path);
    buf_free(&folder);
    return result;
}

static enum MHD_Result send_module(struct http_request *request, struct span path)
{
    if (!span_ends(path, ".js"))
        return http_refuse(request, MHD_HTTP_NOT_FOUND, NO_PAGE);
    return send_file(request, request->http->desk->options->modules, path);
}

/* The desk -------------------------------------------------------------------- */

static struct desk_book *book_now(struct desk *desk)
{
    return desk->draft.version > 0 ? &desk->draft : &desk->saved;
}

static enum MHD_Result send_names(struct http_request *request)
{
    struct desk *desk = request->http->desk;
    struct buf names = {0};
    enum MHD_Result result;

    pthread_mutex_lock(&desk->lock);
    buf_add(&names, buf_span(&book_now(desk)->names));
    if (names.len == 0) /* a draft that has not been read yet */
        buf_add(&names, buf_span(&desk->saved.names));
    pthread_mutex_unlock(&desk->lock);
    if (names.len == 0)
        buf_adds(&names, "{\"chunks\": [], \"programs\": []}");
    result = http_send(request, MHD_HTTP_OK, "application/json", buf_span(&names));
    buf_free(&names);
    return result;
}

static bool is_chapter(const struct http_request *request, struct span path)
{
    const struct desk_options *options = request->http->desk->options;

    return drafts_is_chapter(options->chapters, options->chapter_count, path);
}

static enum MHD_Result send_chapter(struct http_request *request, struct span path)
{
    struct buf json = {0};
    enum MHD_Result result =
        is_chapter(request, path) && save_read(path, &json)
            ? http_send(request, MHD_HTTP_OK, "application/json", buf_span(&json))
            : http_refuse(request, MHD_HTTP_NOT_FOUND, "there is no such chapter");

    buf_free(&json);
    return result;
}

/* A conflict brings what is on the disk now. */
static enum MHD_Result save(struct http_request *request, struct span path)
{
    const char *base = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "X-Base");
    struct buf why = {0}, json = {0};
    enum save_result saved;
    enum MHD_Result result;

    if (!is_chapter(request, path))
        return http_refuse(request, MHD_HTTP_NOT_FOUND, "there is no such chapter");
    saved = save_write(path, span_of(base), buf_span(&request->body), &why);
    if (saved == SAVE_FAILED || !save_read(path, &json))
        result = http_refuse(request, MHD_HTTP_INTERNAL_SERVER_ERROR, buf_string(&why));
    else
        result = http_send(request, saved == SAVE_DONE ? MHD_HTTP_OK : MHD_HTTP_CONFLICT,
                           "application/json", buf_span(&json));
    buf_free(&why);
    buf_free(&json);
    return result;
}

static enum MHD_Result take_draft(struct http_request *request, struct span path)
{
    return desk_write_draft(request->http->desk, path, buf_span(&request->body))
               ? http_send(request, MHD_HTTP_OK, "application/json", span_of("{}"))
               : http_refuse(request, MHD_HTTP_NOT_FOUND, "there is no such chapter");
}

static enum MHD_Result drop(struct http_request *request)
{
    desk_drop_drafts(request->http->desk);
    return http_send(request, MHD_HTTP_OK, "application/json", span_of("{}"));
}

/* Asking ---------------------------------------------------------------------- */

/* With the desk locked, so that the page cannot give up in between. */
static void wake(struct desk_ask *ask)
{
    if (!ask->given_up) {
        MHD_resume_connection(ask->context);
        return;
    }
    buf_free(&ask->answer);
    free((char *)(uintptr_t)ask->name.ptr);
    free(ask);
}

/* A name of a test or a program; words that begin with a dash are options. */
static bool is_name(struct span name)
{
    return name.len > 0 && name.len < 1024 && name.ptr[0] != '-' &&
           span_bad_utf8(name) == name.len && memchr(name.ptr, '/', name.len) != name.ptr &&
           memchr(name.ptr, '\n', name.len) == NULL;
}

/* A page that shows what is saved does not ask about another page's draft. */
static bool is_of_draft(const struct http_request *request)
{
    const char *book = MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, "X-Book");

    return book == NULL || strcmp(book, "saved") != 0;
}

static enum MHD_Result ask(struct http_request *request, enum desk_wish wish)
{
    struct span name = buf_span(&request->body);
    struct desk_ask *new;
    char *copy;

    if (!is_name(name) || (wish == DESK_EXPLORE_NOW && memchr(name.ptr, '/', name.len) != NULL))
        return http_refuse(request, MHD_HTTP_BAD_REQUEST, "say a name");
    copy = mem_alloc(name.len);
    memcpy(copy, name.ptr, name.len);
    new = mem_alloc(sizeof *new);
    *new = (struct desk_ask){.wish = wish,
                             .draft = is_of_draft(request),
                             .name = {copy, name.len},
                             .tell = wake,
                             .context = request->connection};
    request->ask = new;
    MHD_suspend_connection(request->connection);
    desk_ask(request->http->desk, new);
    return MHD_YES;
}

static enum MHD_Result send_answer(struct http_request *request)
{
    struct span text = buf_span(&request->ask->answer);

    return text.len > 0 ? http_send(request, MHD_HTTP_OK, "application/json", text)
                        : http_refuse(request, MHD_HTTP_SERVICE_UNAVAILABLE, "heddle serve ends");
}

/* Which it is ----------------------------------------------------------------- */

static bool is_below(struct span path, const char *folder, struct span *rest)
{
    *rest = path_below(path, folder);
    return rest->len < path.len;
}

static enum MHD_Result route_get(struct http_request *request)
{
    struct desk *desk = request->http->desk;
    struct span path = request->path, rest;
    struct MHD_Response *events;
    enum MHD_Result result;

    if (is_below(path, "~draft", &rest))
        return send_page(request, &desk->draft, rest);
    if (is_below(path, "~desk", &rest))
        return send_part(request, rest);
    if (is_below(path, "~npm", &rest))
        return send_module(request, rest);
    if (is_below(path, "~chapter", &rest))
        return send_chapter(request, rest);
    if (span_is(path, "~names"))
        return send_names(request);
    if (!span_is(path, "~changes"))
        return send_page(request, &desk->saved, path);
    events = events_listen(&request->http->events, request->connection);
    if (events == NULL)
        return MHD_NO;
    result = MHD_queue_response(request->connection, MHD_HTTP_OK, events);
    MHD_destroy_response(events);
    return result;
}

enum MHD_Result http_route(struct http_request *request)
{
    struct span path = request->path, rest;

    if (request->ask != NULL)
        return send_answer(request);
    if (strcmp(request->method, MHD_HTTP_METHOD_POST) != 0)
        return route_get(request);
    if (is_below(path, "~save", &rest))
        return save(request, rest);
    if (is_below(path, "~draft", &rest))
        return take_draft(request, rest);
    if (span_is(path, "~drop"))
        return drop(request);
    if (span_is(path, "~bless"))
        return ask(request, DESK_BLESS);
    if (span_is(path, "~explore"))
        return ask(request, DESK_EXPLORE_NOW);
    return http_refuse(request, MHD_HTTP_NOT_FOUND, NO_PAGE);
}
