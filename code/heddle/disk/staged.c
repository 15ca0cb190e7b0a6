#include "heddle/disk/staged.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/disk/file.h"

/* A file that nobody else writes to, and no link (O_EXCL). What a killed run left behind may have
 * the name already, for process numbers come again: then the next one. */
static int open_new(int folder, char name[STAGED_NAME])
{
    static atomic_uint count;
    int fd;

    do {
        snprintf(name, STAGED_NAME, STAGED_PREFIX "%ld-%u.tmp", (long)getpid(),
                 atomic_fetch_add(&count, 1));
        fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    } while (fd < 0 && errno == EEXIST);
    return fd;
}

int staged_write(int folder, struct span text, mode_t mode, enum staged_safety safety,
                 char name[STAGED_NAME])
{
    int fd = open_new(folder, name), err;

    if (fd < 0)
        return errno;
    err = file_write_fd(fd, text);
    if (err == 0 && fchmod(fd, mode) != 0)
        err = errno;
    if (err == 0 && safety == STAGED_SAFE && fsync(fd) != 0)
        err = errno;
    if (close(fd) != 0 && err == 0)
        err = errno;
    if (err != 0)
        staged_drop(folder, name);
    return err;
}

int staged_place(int folder, const char *name, const char *target)
{
    int err = renameat(folder, name, folder, target) == 0 ? 0 : errno;

    if (err != 0)
        staged_drop(folder, name);
    return err;
}

void staged_drop(int folder, const char *name)
{
    unlinkat(folder, name, 0);
}

/* ".heddle-PID-N.tmp" of a process that is no more. */
static bool is_left_behind(const char *name)
{
    unsigned count;
    long owner;
    char built[STAGED_NAME];

    if (sscanf(name, STAGED_PREFIX "%9ld-%9u", &owner, &count) != 2 || owner <= 0)
        return false;
    snprintf(built, sizeof built, STAGED_PREFIX "%ld-%u.tmp", owner, count);
    return strcmp(name, built) == 0 && kill((pid_t)owner, 0) != 0 && errno == ESRCH;
}

void staged_sweep(int folder)
{
    int fd = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    const struct dirent *entry;

    if (dir == NULL) {
        if (fd >= 0)
            close(fd);
        return;
    }
    while ((entry = readdir(dir)) != NULL)
        if (is_left_behind(entry->d_name))
            staged_drop(folder, entry->d_name);
    closedir(dir);
}
