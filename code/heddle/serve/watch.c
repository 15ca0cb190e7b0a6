#include "heddle/serve/watch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/path.h"

/* Whole files only: one that was written and closed, or renamed. Several come
 * together when a branch is checked out, so it is quiet before it is told. */
enum {
    WANTED = IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CREATE | IN_DELETE_SELF,
    QUIET_MS = 5,
    MOST_QUIET_MS = 100
};

static void add_folder(struct watch *watch, const char *path);

static bool is_ours(const char *name)
{
    size_t len = strlen(name);

    return len > 0 && name[0] != '.' && name[len - 1] != '~';
}

static void add_below(struct watch *watch, const char *path, const char *name)
{
    struct buf whole = {0};
    struct stat status;

    buf_addf(&whole, "%s/%s", path, name);
    if (lstat(buf_string(&whole), &status) == 0 && S_ISDIR(status.st_mode))
        add_folder(watch, buf_string(&whole));
    buf_free(&whole);
}

/* One number a folder: what is watched already gets it again. */
static void remember(struct watch *watch, int number, const char *path)
{
    struct watched *new;

    for (size_t i = 0; i < watch->count; i++)
        if (watch->list[i].number == number)
            return;
    new = ARRAY_PUSH(watch->list, watch->count, watch->cap);
    new->number = number;
    new->path = mem_alloc(strlen(path) + 1);
    memcpy(new->path, path, strlen(path) + 1);
}

/* It is watched before it is read: what comes in between is seen twice. */
static void add_folder(struct watch *watch, const char *path)
{
    int number = inotify_add_watch(watch->events, path, WANTED | IN_ONLYDIR);
    DIR *folder = number >= 0 ? opendir(path) : NULL;
    const struct dirent *entry;

    if (number >= 0)
        remember(watch, number, path);
    while (folder != NULL && (entry = readdir(folder)) != NULL)
        if (is_ours(entry->d_name))
            add_below(watch, path, entry->d_name);
    if (folder != NULL)
        closedir(folder);
}

/* An editor replaces a file, so the folder that holds it is watched. */
static void add_root(struct watch *watch, const char *root)
{
    struct buf folder = {0};
    struct stat status;

    if (stat(root, &status) == 0 && S_ISDIR(status.st_mode)) {
        add_folder(watch, root);
        return;
    }
    buf_add(&folder, path_folder(span_of(root)));
    if (folder.len == 0)
        buf_adds(&folder, ".");
    remember(watch, inotify_add_watch(watch->events, buf_string(&folder), WANTED), root);
    buf_free(&folder);
}

/* Of a file's folder, only that file. */
static bool concerns_root(const struct watch *watch, const struct inotify_event *event)
{
    for (size_t i = 0; i < watch->count; i++) {
        struct stat status;

        if (watch->list[i].number != event->wd)
            continue;
        return (stat(watch->list[i].path, &status) == 0 && S_ISDIR(status.st_mode)) ||
               span_is(path_name(span_of(watch->list[i].path)), event->name);
    }
    return false;
}

static void follow(struct watch *watch, const struct inotify_event *event)
{
    for (size_t i = 0; i < watch->count; i++)
        if (watch->list[i].number == event->wd) {
            add_below(watch, watch->list[i].path, event->name);
            return;
        }
}

/* Is anything of what has come for us? A new folder is watched from now on. */
static bool read_events(struct watch *watch)
{
    _Alignas(struct inotify_event) char room[16 * 1024];
    ssize_t len = read(watch->events, room, sizeof room);
    bool ours = false;

    for (ssize_t at = 0; at < len;) {
        const struct inotify_event *event = (const void *)(room + at);

        at += (ssize_t)(sizeof *event + event->len);
        if ((event->mask & IN_Q_OVERFLOW) != 0)
            ours = true;
        if (event->len == 0 || !is_ours(event->name) || !concerns_root(watch, event))
            continue;
        if ((event->mask & IN_ISDIR) != 0 && (event->mask & (IN_CREATE | IN_MOVED_TO)) != 0)
            follow(watch, event);
        ours = ours || (event->mask & IN_ISDIR) != 0 || (event->mask & IN_CREATE) == 0;
    }
    return ours;
}

/* False at the end. */
static bool wait_for_event(struct watch *watch, int limit_ms, bool *came)
{
    struct pollfd both[] = {{.fd = watch->events, .events = POLLIN},
                            {.fd = watch->end, .events = POLLIN}};
    int count = poll(both, 2, limit_ms);

    *came = count > 0 && both[0].revents != 0;
    return count >= 0 ? both[1].revents == 0 : errno == EINTR;
}

static void *run(void *argument, struct thread_error *error)
{
    struct watch *watch = argument;
    bool came, changed = false;
    int waited = 0;

    (void)error;
    while (wait_for_event(watch, changed ? QUIET_MS : -1, &came)) {
        if (came && read_events(watch))
            changed = true;
        waited += QUIET_MS;
        if (!changed || (came && waited < MOST_QUIET_MS))
            continue;
        changed = false;
        waited = 0;
        watch->changed(watch->context);
    }
    return NULL;
}

bool watch_start(struct watch *watch, struct diags *diags)
{
    int ends[2] = {-1, -1};

    watch->events = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch->events < 0 || pipe(ends) != 0) {
        diag_system(diags, "cannot watch the chapters: %s", strerror(errno));
        return false;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    watch->end = ends[0];
    watch->tell_end = ends[1];
    for (size_t i = 0; i < watch->root_count; i++)
        add_root(watch, watch->roots[i]);
    return thread_start(&watch->thread, "watch", run, watch) == 0;
}

void watch_stop(struct watch *watch)
{
    struct thread_error error;
    void *result;

    if (watch->thread.joinable) {
        close(watch->tell_end);
        if (thread_join(&watch->thread, &result, &error) != 0)
            return;
        close(watch->end);
    }
    if (watch->events >= 0)
        close(watch->events);
    for (size_t i = 0; i < watch->count; i++)
        free(watch->list[i].path);
    free(watch->list);
}
