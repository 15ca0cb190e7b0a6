#include "heddle/disk/together.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/disk/staged.h"

/* A new text that waits beside its file. */
struct waiting {
    int folder; /* -1: none */
    const char *path;
    char name[STAGED_NAME];
};

static int open_folder(const char *path, struct arena *arena)
{
    struct span folder = path_folder(span_of(path));
    const char *name = path[0] == '/' ? "/" : ".";

    if (folder.len > 0)
        name = arena_copy(arena, folder.ptr, folder.len);
    return open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

static int stage(struct waiting *waiting, const struct replacement *replacement,
                 struct arena *arena)
{
    struct stat status;
    int err;

    waiting->path = file_behind(replacement->path, arena);
    waiting->folder = stat(waiting->path, &status) == 0 ? open_folder(waiting->path, arena) : -1;
    if (waiting->folder < 0)
        return errno;
    err = staged_write(waiting->folder, replacement->text, status.st_mode & 07777, STAGED_SAFE,
                       waiting->name);
    if (err != 0) {
        close(waiting->folder);
        waiting->folder = -1;
    }
    return err;
}

static void drop_all(struct waiting *waiting, size_t begin, size_t end)
{
    for (size_t i = begin; i < end; i++)
        staged_drop(waiting[i].folder, waiting[i].name);
}

static int place_all(struct waiting *waiting, const struct replacement *list, size_t count,
                     size_t *placed, struct diags *diags)
{
    int err = 0;

    for (*placed = 0; *placed < count && err == 0; *placed += err == 0)
        err = staged_place(waiting[*placed].folder, waiting[*placed].name,
                           path_name(span_of(waiting[*placed].path)).ptr);
    if (err == 0)
        return 0;
    drop_all(waiting, *placed + 1, count);
    for (size_t i = 0; i < *placed; i++)
        file_replace(list[i].path, list[i].old, diags);
    return err;
}

bool together_replace(const struct replacement *list, size_t count, struct diags *diags)
{
    struct arena arena = {0};
    struct waiting *waiting = arena_array(&arena, count, sizeof *waiting);
    size_t staged = 0, failed = 0;
    int err = 0;

    for (; staged < count && err == 0; staged += err == 0)
        err = stage(&waiting[staged], &list[staged], &arena);
    if (err == 0) {
        err = place_all(waiting, list, count, &failed, diags);
    } else {
        failed = staged;
        drop_all(waiting, 0, staged);
    }
    if (err != 0)
        diag_system(diags, "cannot write %s: %s", list[failed].path, strerror(err));
    for (size_t i = 0; i < staged; i++) {
        staged_sweep(waiting[i].folder);
        close(waiting[i].folder);
    }
    arena_free(&arena);
    return err == 0;
}
