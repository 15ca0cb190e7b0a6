#include "heddle/serve/http.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_BODY = 4 * 1024 * 1024, MOST_CONNECTIONS = 100, IDLE_SECONDS = 30 };

/* Answers --------------------------------------------------------------------- */

/* Nothing may be kept, framed, or used by a page of another origin. */
static void add_headers(struct MHD_Response *response)
{
    MHD_add_response_header(response, "Cache-Control", "no-cache");
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    MHD_add_response_header(response, "Referrer-Policy", "no-referrer");
    MHD_add_response_header(response, "Cross-Origin-Resource-Policy", "same-origin");
    MHD_add_response_header(response, "Content-Security-Policy", "frame-ancestors 'self'");
}

static enum MHD_Result answer(struct http_request *request, unsigned status,
                              struct MHD_Response *response)
{
    enum MHD_Result result;

    if (response == NULL)
        return MHD_NO;
    add_headers(response);
    result = MHD_queue_response(request->connection, status, response);
    MHD_destroy_response(response);
    return result;
}

enum MHD_Result http_send(struct http_request *request, unsigned status, const char *type,
                          struct span text)
{
    struct MHD_Response *response =
        MHD_create_response_from_buffer(text.len, (void *)(uintptr_t)text.ptr,
                                        MHD_RESPMEM_MUST_COPY);
    struct buf whole = {0};

    if (response != NULL) {
        buf_addf(&whole, "%s; charset=utf-8", type);
        MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, buf_string(&whole));
        buf_free(&whole);
    }
    return answer(request, status, response);
}

enum MHD_Result http_refuse(struct http_request *request, unsigned status, const char *why)
{
    struct buf line = {0};
    enum MHD_Result result;

    buf_addf(&line, "%s\n", why);
    result = http_send(request, status, "text/plain", buf_span(&line));
    buf_free(&line);
    return result;
}

/* The gate -------------------------------------------------------------------- */

static const char *header(const struct http_request *request, const char *name)
{
    return MHD_lookup_connection_value(request->connection, MHD_HEADER_KIND, name);
}

static bool is_method(const struct http_request *request, const char *method)
{
    return strcmp(request->method, method) == 0;
}

/* Why it is not let in, or NULL. Nothing of its body has been read yet. */
static const char *fault_of(struct http_request *request, const char *url, unsigned *status)
{
    const struct guard *guard = &request->http->guard;
    const char *origin = header(request, MHD_HTTP_HEADER_ORIGIN);
    bool posts = is_method(request, MHD_HTTP_METHOD_POST);

    *status = MHD_HTTP_FORBIDDEN;
    if (!guard_is_host(guard, header(request, MHD_HTTP_HEADER_HOST)))
        return "this server is for this machine alone";
    if ((origin != NULL || posts) && !guard_is_origin(guard, origin))
        return "this server answers its own pages alone";
    if (!posts && !is_method(request, MHD_HTTP_METHOD_GET) &&
        !is_method(request, MHD_HTTP_METHOD_HEAD)) {
        *status = MHD_HTTP_METHOD_NOT_ALLOWED;
        return "this server knows GET, HEAD and POST";
    }
    if (guard_path(guard, url, &request->arena, &request->path))
        return NULL;
    *status = MHD_HTTP_NOT_FOUND;
    return "there is no such page; the address that heddle serve printed begins with a key";
}

static enum MHD_Result take_body(struct http_request *request, const char *data, size_t *size)
{
    request->too_long = request->too_long || *size > MOST_BODY - request->body.len;
    if (!request->too_long)
        buf_add(&request->body, (struct span){data, *size});
    *size = 0;
    return MHD_YES;
}

/* libmicrohttpd's: first with the headers alone, then with each part of the body,
 * then at its end; and once more when what it waited for has come. */
static enum MHD_Result handle(void *context, struct MHD_Connection *connection, const char *url,
                              const char *method, const char *version, const char *data,
                              size_t *size, void **state)
{
    struct http_request *request = *state;
    const char *fault;
    unsigned status;

    (void)version;
    if (request == NULL) {
        request = mem_alloc(sizeof *request);
        *request =
            (struct http_request){.http = context, .connection = connection, .method = method};
        *state = request;
        fault = fault_of(request, url, &status);
        return fault != NULL ? http_refuse(request, status, fault) : MHD_YES;
    }
    if (*size > 0)
        return take_body(request, data, size);
    if (request->too_long)
        return http_refuse(request, MHD_HTTP_CONTENT_TOO_LARGE, "a chapter is not as long as that");
    return http_route(request);
}

/* What the desk still works on is freed when that is done. */
static void end_ask(struct http_request *request)
{
    struct desk *desk = request->http->desk;
    struct desk_ask *ask = request->ask;
    bool done;

    pthread_mutex_lock(&desk->lock);
    done = ask->done;
    ask->given_up = true;
    pthread_mutex_unlock(&desk->lock);
    if (done) {
        buf_free(&ask->answer);
        free((char *)(uintptr_t)ask->name.ptr);
        free(ask);
    }
}

static void complete(void *context, struct MHD_Connection *connection, void **state,
                     enum MHD_RequestTerminationCode code)
{
    struct http_request *request = *state;

    (void)context, (void)connection, (void)code;
    if (request == NULL)
        return;
    if (request->ask != NULL)
        end_ask(request);
    buf_free(&request->body);
    arena_free(&request->arena);
    free(request);
    *state = NULL;
}

/* The daemon ------------------------------------------------------------------ */

/* Addresses are decoded by the guard, which takes no NUL. */
static size_t leave_escaped(void *context, struct MHD_Connection *connection, char *text)
{
    (void)context, (void)connection;
    return strlen(text);
}

bool http_start(struct http *http, struct diags *diags)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)http->guard.port),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    const union MHD_DaemonInfo *port;

    http->events.desk = http->desk;
    http->desk->tell = events_tell;
    http->desk->context = &http->events;
    http->daemon =
        MHD_start_daemon(MHD_USE_AUTO_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
                         handle, http, MHD_OPTION_SOCK_ADDR, (struct sockaddr *)&address,
                         MHD_OPTION_CONNECTION_LIMIT, (unsigned)MOST_CONNECTIONS,
                         MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_SECONDS,
                         MHD_OPTION_NOTIFY_COMPLETED, complete, NULL, MHD_OPTION_UNESCAPE_CALLBACK,
                         leave_escaped, NULL, MHD_OPTION_END);
    if (http->daemon == NULL && errno == EADDRINUSE)
        diag_system(diags, "port %u is taken; name another: --port %u", http->guard.port,
                    http->guard.port + 1);
    else if (http->daemon == NULL)
        diag_system(diags, "cannot listen on port %u: %s", http->guard.port, strerror(errno));
    if (http->daemon == NULL)
        return false;
    port = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
    http->guard.port = port->port;
    return true;
}

void http_stop(struct http *http)
{
    events_end(&http->events);
    MHD_stop_daemon(http->daemon);
    http->desk->tell = NULL;
}
