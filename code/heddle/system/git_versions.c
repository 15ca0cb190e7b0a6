#include "heddle/system/git_versions.h"

#include "heddle/system/git.h"
#include "lib/process.h"

/* ":./" and "COMMIT:./" begin paths that are seen from here: gitrevisions(7). */
static bool read_version(struct arena *arena, struct span commit, const char *path,
                         struct span *text)
{
    struct buf name = {0};
    bool found;

    buf_addf(&name, "%.*s:./%s", SPAN_ARG(commit), path);
    found = git_ask(arena, PROCESS_ARGV("git", "cat-file", "blob", buf_string(&name)), text);
    buf_free(&name);
    return found;
}

bool git_version_find(struct arena *arena, const char *path, git_is_wanted *is_wanted,
                      const void *context, struct span *text)
{
    struct span commits, commit;
    struct buf most = {0};
    bool listed;

    if (read_version(arena, span_of(""), path, text) && is_wanted(context, *text))
        return true;
    buf_addf(&most, "-n%d", GIT_MOST_VERSIONS);
    listed = git_ask(arena,
                     PROCESS_ARGV("git", "--literal-pathspecs", "log", "--format=%H",
                                  buf_string(&most), "--", path),
                     &commits);
    buf_free(&most);
    while (listed && span_line(&commits, &commit))
        if (read_version(arena, commit, path, text) && is_wanted(context, *text))
            return true;
    return false;
}
#include <signal.h>
