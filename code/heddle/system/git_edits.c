#include "heddle/system/git_edits.h"

#include "heddle/disk/file.h"
#include "heddle/system/git.h"
#include "lib/process.h"

/* "12,3" or "12". */
static bool read_range(struct span text, struct edit *edit)
{
    size_t comma = 0;

    while (comma < text.len && text.ptr[comma] != ',')
        comma++;
    edit->count = 1;
    return span_number((struct span){text.ptr, comma}, 1ul << 31, &edit->first) &&
           (comma == text.len || span_number(span_skip(text, comma + 1), 1ul << 31, &edit->count));
}

/* The second range of "@@ -10,2 +12,3 @@ ...". */
static bool read_hunk(struct span line, struct edit *edit)
{
    size_t begin = 0, end;

    if (!span_starts(line, "@@ -"))
        return false;
    while (begin < line.len && line.ptr[begin] != '+')
        begin++;
    end = begin;
    while (end < line.len && line.ptr[end] != ' ')
        end++;
    return begin < end && read_range(span_between(line.ptr + begin + 1, line.ptr + end), edit);
}

static void read_hunks(struct git_edits *edits, struct arena *arena, struct span diff)
{
    struct span rest = diff, line;
    struct edit edit;
    size_t count = 0;

    while (span_line(&rest, &line))
        count += read_hunk(line, &edit);
    edits->list = arena_array(arena, count, sizeof *edits->list);
    while (span_line(&diff, &line))
        if (read_hunk(line, &edit))
            edits->list[edits->count++] = edit;
}

struct git_edits git_edits_read(struct arena *arena, const char *path)
{
    struct git_edits edits = {.state = GIT_EDITS_KNOWN};
    struct span answer;

    path = file_behind(path, arena);
    if (!git_ask(arena, PROCESS_ARGV("git", "rev-parse", "--verify", "--quiet", "HEAD"), &answer))
        edits.state = GIT_EDITS_NO_GIT;
    else if (!git_ask(arena,
                      PROCESS_ARGV("git", "--literal-pathspecs", "ls-files", "--error-unmatch",
                                   "--", path),
                      &answer))
        edits.state = GIT_EDITS_UNTRACKED;
    else if (!git_ask(arena,
                      PROCESS_ARGV("git", "--literal-pathspecs", "diff", "-U0", "--no-color",
                                   "--no-ext-diff", "--no-textconv", "HEAD", "--", path),
                      &answer))
        edits.state = GIT_EDITS_NO_GIT;
    else
        read_hunks(&edits, arena, answer);
    return edits;
}

bool git_edits_touch(const struct git_edits *edits, unsigned first, unsigned last)
{
    for (size_t i = 0; i < edits->count && first <= last; i++) {
        unsigned long begin = edits->list[i].first, count = edits->list[i].count;

        if (count == 0 ? begin + 1 >= first && begin <= last
                       : begin <= last && begin + count > first)
            return true;
    }
    return false;
}
#include <signal.h>
