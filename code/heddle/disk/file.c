#define _XOPEN_SOURCE 700 /* realpath */
#include "heddle/disk/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/disk/staged.h"

enum { CHUNK = 64 * 1024 };

int file_read_fd(int fd, struct buf *out)
{
    struct stat status;
    bool regular;

    if (fstat(fd, &status) != 0)
        return errno;
    regular = S_ISREG(status.st_mode);
    if (regular && status.st_size > 0 && status.st_size <= FILE_MOST)
        buf_reserve(out, (size_t)status.st_size + 1); /* + 1: see the end in one go */
    for (;;) {
        size_t room;
        ssize_t got;

        if (out->cap == out->len)
            buf_reserve(out, CHUNK);
        room = out->cap - out->len;
        got = read(fd, out->ptr + out->len, room);
        if (got < 0 && errno != EINTR)
            return errno;
        out->len += got > 0 ? (size_t)got : 0;
        if (out->len > FILE_MOST)
            return EFBIG;
        if (got == 0 || (got > 0 && regular && (size_t)got < room))
            return 0;
    }
}

int file_write_fd(int fd, struct span text)
{
    while (text.len > 0) {
        ssize_t put = write(fd, text.ptr, text.len);

        if (put < 0 && errno != EINTR)
            return errno;
        text = span_skip(text, put > 0 ? (size_t)put : 0);
    }
    return 0;
}

/* A regular file goes to the arena in one read; what grows meanwhile, or has
 * no size (a pipe), goes through a buffer. */
static int read_into(struct arena *arena, int fd, struct span *text)
{
    struct stat status;
    struct buf more = {0};
    size_t size;
    char *memory;
    ssize_t got;
    int err;

    if (fstat(fd, &status) != 0)
        return errno;
    if (S_ISREG(status.st_mode) && status.st_size > FILE_MOST)
        return EFBIG;
    size = S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;
    memory = arena_alloc(arena, size + 1);
    got = read(fd, memory, size);
    if (got < 0 && errno != EINTR)
        return errno;
    *text = (struct span){memory, got > 0 ? (size_t)got : 0};
    err = file_read_fd(fd, &more);
    if (err == 0 && more.len > 0) {
        struct buf whole = {0};

        buf_add(&whole, *text);
        buf_add(&whole, buf_span(&more));
        *text = buf_take(&whole, arena);
    }
    buf_free(&more);
    return err;
}

bool file_read(struct arena *arena, const char *path, struct span *text, struct diags *diags)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    int err = fd < 0 ? errno : read_into(arena, fd, text);

    if (fd >= 0)
        close(fd);
    if (err != 0)
        diag_system(diags, "cannot read %s: %s", path, strerror(err));
    return err == 0;
}

bool file_exists(const char *path)
{
    return access(path, F_OK) == 0;
}

bool file_make_dirs(const char *path, struct diags *diags)
{
    struct buf copy = {0};
    bool fine = true;

    buf_adds(&copy, path);
    buf_string(&copy);
    for (size_t i = 1; i <= copy.len && fine; i++) {
        if (copy.ptr[i] != '/' && copy.ptr[i] != '\0')
            continue;
        copy.ptr[i] = '\0';
        if (mkdir(copy.ptr, 0777) != 0 && errno != EEXIST) {
            diag_system(diags, "cannot make the folder %s: %s", copy.ptr, strerror(errno));
            fine = false;
        }
        copy.ptr[i] = i < copy.len ? '/' : '\0';
    }
    buf_free(&copy);
    return fine;
}

static bool holds(const char *path, struct span text)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    struct buf old = {0};
    bool same = fd >= 0 && file_read_fd(fd, &old) == 0 && span_equal(buf_span(&old), text);

    if (fd >= 0)
        close(fd);
    buf_free(&old);
    return same;
}

/* The folder that holds `path`, made when it is missing; -1 when there is none. */
static int open_parent(const char *path, struct diags *diags)
{
    struct span folder = path_folder(span_of(path));
    struct buf copy = {0};
    int fd = -1;

    buf_add(&copy, folder);
    buf_adds(&copy, folder.len > 0 ? "" : path[0] == '/' ? "/" : ".");
    if (folder.len == 0 || file_make_dirs(buf_string(&copy), diags)) {
        fd = open(buf_string(&copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
            diag_system(diags, "cannot use the folder %s: %s", copy.ptr, strerror(errno));
    }
    buf_free(&copy);
    return fd;
}

static bool replace(const char *path, struct span text, struct diags *diags)
{
    struct stat status;
    mode_t mode = stat(path, &status) == 0 ? status.st_mode & 07777 : 0644;
    char name[STAGED_NAME];
    int folder, err;

    if (holds(path, text))
        return true;
    folder = open_parent(path, diags);
    if (folder < 0)
        return false;
    err = staged_write(folder, text, mode, STAGED_SAFE, name);
    if (err == 0)
        err = staged_place(folder, name, path_name(span_of(path)).ptr);
    if (err != 0)
        diag_system(diags, "cannot write %s: %s", path, strerror(err));
    staged_sweep(folder);
    close(folder);
    return err == 0;
}

const char *file_behind(const char *path, struct arena *arena)
{
    struct stat status;
    char *real = lstat(path, &status) == 0 && S_ISLNK(status.st_mode) ? realpath(path, NULL) : NULL;

    if (real != NULL)
        path = arena_copy(arena, real, strlen(real));
    free(real);
    return path;
}

bool file_replace(const char *path, struct span text, struct diags *diags)
{
    struct arena arena = {0};
    bool done = replace(file_behind(path, &arena), text, diags);

    arena_free(&arena);
    return done;
}
