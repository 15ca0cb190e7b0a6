#include "heddle/serve/sole.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "heddle/disk/file.h"

enum { WAIT_TICKS = 40, TICK_NS = 50 * 1000 * 1000 };

static int lock(int fd)
{
    const struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    const struct timespec tick = {0, TICK_NS};
    int err = EAGAIN;

    for (int i = 0; i < WAIT_TICKS && (err == EAGAIN || err == EACCES); i++) {
        if (i > 0)
            nanosleep(&tick, NULL);
        err = fcntl(fd, F_SETLK, &whole) == 0 ? 0 : errno;
    }
    return err;
}

static void report(int fd, const char *path, int err, struct diags *diags)
{
    struct buf address = {0};

    if (err != EAGAIN && err != EACCES)
        diag_system(diags, "cannot lock \"%s\": %s", path, strerror(err));
    else if (file_read_fd(fd, &address) != 0 || address.len == 0)
        diag_system(diags, "this book is being served already");
    else
        diag_system(diags, "this book is being served already, at %s", buf_string(&address));
    buf_free(&address);
}

int sole_begin(const char *path, struct diags *diags)
{
    int fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    int err = fd < 0 ? errno : lock(fd);

    if (err == 0 && ftruncate(fd, 0) == 0)
        return fd;
    report(fd, path, err, diags);
    if (fd >= 0)
        close(fd);
    return -1;
}

void sole_say(int sole, struct span address)
{
    if (fchmod(sole, 0600) == 0) /* it may have been there, and open to all */
        file_write_fd(sole, address);
}
