#include "heddle/system/git_versions.h"

#include <signal.h>

#include "lib/process.h"

enum { GIT_TIMEOUT_MS = 60 * 1000 };

static bool ask(struct arena *arena, const char *const argv[], struct span *answer)
{
    const struct process_options options = {
        .input = "",
        .capture_output = true,
        .timeout_ms = GIT_TIMEOUT_MS,
        .check = true,
        .death_signal = SIGKILL, /* it only reads */
    };
    struct process_result result;
    bool fine = process_run(argv, &options, &result) == 0;

    if (fine)
        *answer = (struct span){arena_copy(arena, result.out, result.out_size), result.out_size};
    process_result_destroy(&result);
    return fine;
}

/* ":./" and "COMMIT:./" begin paths that are seen from here: gitrevisions(7). */
static bool read_version(struct arena *arena, struct span commit, const char *path,
                         struct span *text)
{
    struct buf name = {0};
    bool found;

    buf_addf(&name, "%.*s:./%s", SPAN_ARG(commit), path);
    found = ask(arena, PROCESS_ARGV("git", "cat-file", "blob", buf_string(&name)), text);
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
    listed = ask(arena,
                 PROCESS_ARGV("git", "--literal-pathspecs", "log", "--format=%H", buf_string(&most),
                              "--", path),
                 &commits);
    buf_free(&most);
    while (listed && span_line(&commits, &commit))
        if (read_version(arena, commit, path, text) && is_wanted(context, *text))
            return true;
    return false;
}
#include <signal.h>
