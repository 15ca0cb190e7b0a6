#include "heddle/installed.h"

#include <unistd.h>

#include "heddle/base/path.h"
#include "heddle/disk/file.h"

/* As the kernel has it: proc(5). */
const char *installed_program(struct arena *arena)
{
    char path[4096];
    ssize_t len = readlink("/proc/self/exe", path, sizeof path);

    return len > 0 && (size_t)len < sizeof path ? arena_copy(arena, path, (size_t)len)
                                                : "/usr/local/bin/heddle";
}

const char *installed_absolute(struct arena *arena, const char *path)
{
    char here[4096];
    struct buf whole = {0};

    if (path[0] == '/' || getcwd(here, sizeof here) == NULL)
        return path;
    buf_addf(&whole, "%s/%s", here, path);
    return buf_take(&whole, arena).ptr;
}

/* A folder as this program's own file sees it. */
static const char *beside_us(struct arena *arena, const char *way, const char *folder)
{
    struct buf path = {0};

    buf_add(&path, path_folder(span_of(installed_program(arena))));
    buf_addf(&path, "/%s/%s", way, folder);
    return buf_take(&path, arena).ptr;
}

/* What was installed; in heddle's own tree nothing is. */
static const char *ours(struct arena *arena, const char *installed, const char *in_tree)
{
    const char *share = beside_us(arena, "../share/heddle", installed);
    const char *tree = beside_us(arena, "../..", in_tree);

    return !file_exists(share) && file_exists(tree) ? tree : share;
}

const char *installed_or(struct arena *arena, const char *given, const char *usual,
                         const char *installed)
{
    return given != NULL ? given : file_exists(usual) ? usual : ours(arena, installed, usual);
}

const char *installed_explorer(struct arena *arena)
{
    return ours(arena, "explore", "code/explore");
}

const char *installed_deck(struct arena *arena)
{
    return ours(arena, "deck", "chapters/deck");
}
