#include "heddle/serve/serve.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "heddle/disk/file.h"
#include "heddle/serve/http.h"
#include "heddle/serve/sole.h"
#include "heddle/serve/watch.h"
#include "heddle/system/keeper.h"

enum { PING_SECONDS = 15 };
#define KEY_FILE "build/serve.key"
#define SOLE_FILE "build/serve.lock"

/* The address on a line of its own, for those who read it with a program. */
static void say_where(const struct http *http, const struct serve_options *options, int sole)
{
    struct buf address = {0};
    struct process browser = {0};

    buf_addf(&address, "http://127.0.0.1:%u/%s/", http->guard.port, http->guard.key);
    sole_say(sole, buf_span(&address));
    printf("%s (Ctrl-C ends it)\n", buf_string(&address));
    fflush(stdout);
    if (options->open) {
        if (PROCESS_START(&browser, PROCESS_ARGV("xdg-open", buf_string(&address)),
                          .stdout_to = PROCESS_DEVNULL, .stderr_to = PROCESS_DEVNULL,
                          .new_session = true) == 0)
            process_detach(&browser);
        else
            fputs("heddle: no browser can be opened here (xdg-open); open the address\n", stderr);
        process_destroy(&browser);
    }
    buf_free(&address);
}

static void block_interrupts(sigset_t *set)
{
    sigemptyset(set);
    sigaddset(set, SIGINT);
    sigaddset(set, SIGTERM);
    sigaddset(set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, set, NULL);
}

static void wait_for_end(const sigset_t *set, struct events *events)
{
    const struct timespec limit = {PING_SECONDS, 0};

    while (sigtimedwait(set, NULL, &limit) < 0)
        if (errno == EAGAIN)
            events_ping(events);
}

static void changed(void *desk)
{
    desk_chapters_changed(desk);
}

/* Open until an interrupt; each part ends before the one that it uses. */
static bool serve(const struct serve_options *options, struct http *http, int sole,
                  struct diags *diags)
{
    static const char *const usual[] = {"chapters"};
    const struct desk_options *desk = &options->desk;
    bool all = desk->chapter_count == 0, watching;
    struct watch watch = {.roots = all ? usual : desk->chapters,
                          .root_count = all ? 1 : desk->chapter_count,
                          .changed = changed,
                          .context = http->desk,
                          .events = -1};
    sigset_t set;

    block_interrupts(&set);
    if (!http_start(http, diags))
        return false;
    watching = watch_start(&watch, diags) && desk_start(http->desk);
    if (watching) {
        say_where(http, options, sole);
        wait_for_end(&set, &http->events);
    }
    watch_stop(&watch);
    desk_stop(http->desk);
    http_stop(http);
    return watching;
}

bool serve_run(const struct serve_options *options, struct diags *diags)
{
    struct desk desk;
    struct http http = {.desk = &desk, .guard = {.port = options->port}};
    bool served;
    int sole;

    if (!file_make_dirs("build", diags))
        return false;
    keeper_begin();
    sole = sole_begin(SOLE_FILE, diags);
    if (sole < 0 || !guard_open(&http.guard, KEY_FILE, diags))
        return false;
    desk_open(&desk, &options->desk);
    served = serve(options, &http, sole, diags);
    desk_close(&desk);
    keeper_end_all();
    close(sole);
    return served;
}
