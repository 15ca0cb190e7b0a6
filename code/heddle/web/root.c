#include "heddle/web/root.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/path.h"

static bool holds_a_book(struct span folder)
{
    struct buf path = {0};
    struct stat status;
    bool holds;

    buf_add(&path, folder);
    buf_adds(&path, "/chapters");
    holds = stat(buf_string(&path), &status) == 0 && S_ISDIR(status.st_mode);
    buf_free(&path);
    return holds;
}

struct span root_find(struct arena *arena)
{
    char here[4096];
    struct span folder;

    if (getcwd(here, sizeof here) == NULL)
        return span_of("");
    for (folder = span_of(here); folder.len > 0 && !holds_a_book(folder);
         folder = path_folder(folder))
        ;
    if (folder.len == 0 || folder.len == strlen(here))
        return span_of("");
    folder = span_skip(span_of(here), folder.len + 1);
    return (struct span){arena_copy(arena, folder.ptr, folder.len), folder.len};
}

bool root_enter(struct span below)
{
    bool entered = true;

    for (; below.len > 0 && entered; below = path_folder(below))
        entered = chdir("..") == 0;
    return entered;
}
