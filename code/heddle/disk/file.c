#include "heddle/disk/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

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

static int write_beside(const char *temporary, struct span text, mode_t mode)
{
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    int err;

    if (fd < 0)
        return errno;
    err = file_write_fd(fd, text);
    if (err == 0 && (fchmod(fd, mode) != 0 || fsync(fd) != 0))
        err = errno;
    if (close(fd) != 0 && err == 0)
        err = errno;
    return err;
}

static bool make_parent(const char *path, struct diags *diags)
{
    const char *slash = strrchr(path, '/');
    struct buf parent = {0};
    bool fine;

    if (slash == NULL || slash == path)
        return true;
    buf_add(&parent, span_between(path, slash));
    fine = file_make_dirs(buf_string(&parent), diags);
    buf_free(&parent);
    return fine;
}

bool file_replace(const char *path, struct span text, struct diags *diags)
{
    struct buf temporary = {0};
    struct stat status;
    mode_t mode = stat(path, &status) == 0 ? status.st_mode & 07777 : 0644;
    int err;

    if (holds(path, text))
        return true;
    if (!make_parent(path, diags))
        return false;
    buf_addf(&temporary, "%s.%ld.tmp", path, (long)getpid());
    err = write_beside(buf_string(&temporary), text, mode);
    if (err == 0 && rename(temporary.ptr, path) != 0)
        err = errno;
    if (err != 0) {
        unlink(temporary.ptr);
        diag_system(diags, "cannot write %s: %s", path, strerror(err));
    }
    buf_free(&temporary);
    return err == 0;
}

void file_hash(struct span text, char digits[FILE_HASH_DIGITS + 1])
{
    static const char hex[] = "0123456789abcdef";
    XXH128_canonical_t bytes;

    XXH128_canonicalFromHash(&bytes, XXH3_128bits(text.ptr, text.len));
    for (size_t i = 0; i < sizeof bytes.digest; i++) {
        digits[2 * i] = hex[bytes.digest[i] >> 4];
        digits[2 * i + 1] = hex[bytes.digest[i] & 15];
    }
    digits[FILE_HASH_DIGITS] = '\0';
}

static const char *piece_fault(struct span piece)
{
    if (span_is(piece, ".."))
        return "leads out through \"..\"";
    if (piece.len == 0 || span_is(piece, "."))
        return "ends in no file name";
    if (piece.len > 200)
        return "has a name of over 200 bytes";
    return NULL;
}

const char *file_path_fault(struct span path)
{
    if (path.len == 0)
        return "has no name";
    if (path.ptr[0] == '/')
        return "is absolute";
    if (path.len > 2000)
        return "has a path of over 2000 bytes";
    if (span_is(path, ".tangled"))
        return "is where heddle keeps its list of files";
    for (size_t i = 0; i < path.len; i++)
        if ((unsigned char)path.ptr[i] < 0x20 || path.ptr[i] == 0x7f || path.ptr[i] == '\\')
            return "has a control character or a backslash in its name";
    for (const char *begin = path.ptr, *end = path.ptr + path.len; begin <= end;) {
        const char *slash = begin < end ? memchr(begin, '/', (size_t)(end - begin)) : NULL;
        const char *fault = piece_fault(span_between(begin, slash != NULL ? slash : end));

        if (fault != NULL)
            return fault;
        if (slash == NULL)
            return NULL;
        begin = slash + 1;
    }
    return NULL;
}
