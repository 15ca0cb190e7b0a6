#include "heddle/serve/guard.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/escape.h"
#include "heddle/base/path.h"
#include "heddle/disk/file.h"

/* The key --------------------------------------------------------------------- */

static bool is_key(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!isxdigit((unsigned char)text[i]))
            return false;
    return len == GUARD_KEY;
}

/* One that others could read, or that somebody else put there, is no key. */
static bool read_key(struct guard *guard, const char *path)
{
    int fd = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    struct buf text = {0};
    struct stat status;
    bool good = false;

    if (fd < 0)
        return false;
    if (fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == geteuid() &&
        (status.st_mode & 077) == 0 && file_read_fd(fd, &text) == 0)
        good = is_key(buf_string(&text), text.len);
    close(fd);
    if (good)
        memcpy(guard->key, text.ptr, GUARD_KEY);
    buf_free(&text);
    return good;
}

static bool make_key(struct guard *guard, const char *path)
{
    unsigned char bytes[GUARD_KEY / 2];
    int fd, err;

    if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
        return false;
    for (size_t i = 0; i < sizeof bytes; i++)
        snprintf(guard->key + 2 * i, 3, "%02x", bytes[i]);
    unlink(path);
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    err = file_write_fd(fd, span_of(guard->key));
    close(fd);
    return err == 0;
}

bool guard_open(struct guard *guard, const char *path, struct diags *diags)
{
    if (read_key(guard, path) || make_key(guard, path))
        return true;
    diag_system(diags, "cannot keep a key in \"%s\": %s", path, strerror(errno));
    return false;
}

/* Headers --------------------------------------------------------------------- */

static bool is_us(const struct guard *guard, const char *text, const char *before)
{
    static const char *const names[] = {"127.0.0.1", "localhost"};
    char wanted[64];

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(wanted, sizeof wanted, "%s%s:%u", before, names[i], guard->port);
        if (text != NULL && strcmp(text, wanted) == 0)
            return true;
    }
    return false;
}

bool guard_is_host(const struct guard *guard, const char *host)
{
    return is_us(guard, host, "");
}

bool guard_is_origin(const struct guard *guard, const char *origin)
{
    return is_us(guard, origin, "http://");
}

/* Addresses ------------------------------------------------------------------- */

/* How long it takes says nothing about how much was right. */
static bool is_same(const char *a, const char *b, size_t len)
{
    unsigned differs = 0;

    for (size_t i = 0; i < len; i++)
        differs |= (unsigned char)a[i] ^ (unsigned char)b[i];
    return differs == 0;
}

/* %41 is A. False for what is no hex, and for a NUL. */
static bool decode(const char *text, struct buf *out)
{
    for (const char *at = text; (at = strchr(at, '%')) != NULL; at++)
        if (!escape_is_percent(span_of(at)) || (at[1] == '0' && at[2] == '0'))
            return false;
    escape_undo_percent(out, span_of(text));
    return true;
}

bool guard_path(const struct guard *guard, const char *url, struct arena *arena, struct span *path)
{
    struct buf text = {0};
    bool good;

    if (strlen(url) < GUARD_KEY + 2 || url[0] != '/' || url[GUARD_KEY + 1] != '/' ||
        !is_same(url + 1, guard->key, GUARD_KEY))
        return false;
    good = decode(url + GUARD_KEY + 2, &text);
    *path = buf_take(&text, arena);
    if (path->len == 0 || path->ptr[path->len - 1] == '/') {
        struct buf whole = {0};

        buf_addf(&whole, "%.*sindex.html", SPAN_ARG(*path));
        *path = buf_take(&whole, arena);
    }
    return good && span_bad_utf8(*path) == path->len && path_fault(*path) == NULL;
}
