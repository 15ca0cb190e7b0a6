#define _GNU_SOURCE /* openat, dirfd ... beside directories' functions */
#include "heddle/disk/cache.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "heddle/base/array.h"
#include "heddle/base/hash.h"
#include "heddle/disk/staged.h"

#define SUFFIX ".kept"
#define HEX "0123456789abcdef"

enum {
    NAME_LENGTH = HASH_DIGITS + sizeof SUFFIX - 1,
    LEFTOVER_S = 60 * 60 /* no run writes one file for so long */
};

static void make_path(struct buf *path, const char *folder, const char *key)
{
    path->len = 0;
    buf_addf(path, "%s/%s" SUFFIX, folder, key);
    buf_string(path);
}

/* Of the key too, so that no file does for another. */
static void make_hash(const char *key, struct span text, char digits[HASH_DIGITS + 1])
{
    struct buf all = {0};

    buf_adds(&all, key);
    buf_add(&all, text);
    hash_text(buf_span(&all), digits);
    buf_free(&all);
}

/* Finding and keeping -------------------------------------------------------- */

bool cache_find(const char *folder, const char *key, struct arena *arena, struct span *text)
{
    struct buf path = {0}, whole = {0};
    struct span rest, line;
    char hash[HASH_DIGITS + 1];
    bool found = false;
    int fd;

    make_path(&path, folder, key);
    fd = open(path.ptr, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (fd >= 0 && file_read_fd(fd, &whole) == 0) {
        rest = buf_span(&whole);
        if (span_line(&rest, &line)) {
            make_hash(key, rest, hash);
            found = span_is(line, hash);
        }
    }
    if (found) {
        futimens(fd, NULL);
        *text = (struct span){arena_copy(arena, rest.ptr, rest.len), rest.len};
    }
    if (fd >= 0)
        close(fd);
    buf_free(&path);
    buf_free(&whole);
    return found;
}

void cache_put(const char *folder, const char *key, struct span text)
{
    char hash[HASH_DIGITS + 1], waiting[STAGED_NAME], name[NAME_LENGTH + 1];
    struct diags ignored = {0};
    struct buf whole = {0};
    int fd;

    make_hash(key, text, hash);
    buf_addf(&whole, "%s\n", hash);
    buf_add(&whole, text);
    snprintf(name, sizeof name, "%s" SUFFIX, key);
    file_make_dirs(folder, &ignored);
    fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd >= 0) {
        if (staged_write(fd, buf_span(&whole), 0644, STAGED_QUICK, waiting) == 0)
            (void)staged_place(fd, waiting, name);
        close(fd);
    }
    diag_free(&ignored);
    buf_free(&whole);
}

/* Pruning ------------------------------------------------------------------- */

struct kept {
    char name[NAME_LENGTH + 1];
    struct timespec used;
};

struct kept_list {
    struct kept *list;
    size_t count, cap;
};

static bool is_ours(const char *name)
{
    return strspn(name, HEX) == HASH_DIGITS && strcmp(name + HASH_DIGITS, SUFFIX) == 0;
}

/* The last used first. */
static int compare_use(const void *a, const void *b)
{
    const struct timespec *x = &((const struct kept *)a)->used,
                          *y = &((const struct kept *)b)->used;

    if (x->tv_sec != y->tv_sec)
        return x->tv_sec < y->tv_sec ? 1 : -1;
    return (x->tv_nsec < y->tv_nsec) - (x->tv_nsec > y->tv_nsec);
}

static void add_kept(struct kept_list *all, const char *name, struct timespec used)
{
    struct kept *kept = ARRAY_PUSH(all->list, all->count, all->cap);

    memcpy(kept->name, name, sizeof kept->name);
    kept->used = used;
}

static void look_at(struct kept_list *all, int folder, const char *name)
{
    struct stat status;

    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    if (is_ours(name))
        add_kept(all, name, status.st_mtim);
    else if (span_starts(span_of(name), STAGED_PREFIX) &&
             time(NULL) - status.st_mtim.tv_sec > LEFTOVER_S)
        staged_drop(folder, name);
}

void cache_prune(const char *folder, size_t most)
{
    DIR *dir = opendir(folder);
    struct kept_list all = {0};
    const struct dirent *entry;

    if (dir == NULL)
        return;
    while ((entry = readdir(dir)) != NULL)
        look_at(&all, dirfd(dir), entry->d_name);
    if (all.count > most) {
        qsort(all.list, all.count, sizeof *all.list, compare_use);
        for (size_t i = most; i < all.count; i++)
            unlinkat(dirfd(dir), all.list[i].name, 0);
    }
    free(all.list);
    closedir(dir);
}
