#include "heddle/doctest/doctest_case.h"

#include <sys/stat.h>

#include "heddle/disk/file.h"
#include "heddle/tangle/tangle.h"

struct buf *trial_begin_finding(const struct trial *trial)
{
    struct buf *message = &trial->result->message;

    trial->result->outcome = DOCTEST_FAILED;
    if (message->len > 0)
        buf_adds(message, "and ");
    else
        buf_addf(message, "%s:%u: ", trial->test->place.source->path, trial->test->place.line);
    buf_adds(message, trial->test->program != NULL ? trial->test->program : "this block");
    buf_addc(message, ' ');
    return message;
}

void trial_quote(struct buf *message, struct span output)
{
    struct span line;
    size_t hidden = 0;

    for (int i = 0; span_line(&output, &line); i++) {
        if (i >= TRIAL_MOST_SHOWN) {
            hidden++;
            continue;
        }
        buf_adds(message, "| ");
        expect_show_line(line, message);
        buf_addc(message, '\n');
    }
    if (hidden > 0)
        buf_addf(message, "\\ and %zu more lines\n", hidden);
}

/* In step with the chapter --------------------------------------------------- */

const char *trial_or(const char *given, const char *otherwise)
{
    return given != NULL ? given : otherwise;
}

bool trial_is_older(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec < b->st_mtim.tv_sec
        || (a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec < b->st_mtim.tv_nsec);
}

static bool holds(const char *path, struct span text)
{
    struct arena arena = { 0 };
    struct diags diags = { 0 };
    struct span found = { 0 };
    bool same = file_read(&arena, path, &found, &diags) && span_equal(found, text);

    arena_free(&arena);
    diag_free(&diags);
    return same;
}

/* Is the twin what the chapter holds now, and the program made after it? */
static bool is_up_to_date(const struct trial *trial, const struct stat *program)
{
    const struct target *target = trial->test->snippet->program;
    struct buf path = { 0 }, text = { 0 };
    struct stat twin;
    bool fresh;

    buf_addf(&path, "%s/%.*s", trial_or(trial->options->annotated, "build/annotated"),
             SPAN_ARG(target->path));
    tangle_annotated(target, &text);
    fresh = stat(buf_string(&path), &twin) == 0 && !trial_is_older(program, &twin)
         && holds(buf_string(&path), buf_span(&text));
    buf_free(&path);
    buf_free(&text);
    return fresh;
}

bool trial_check_built(const struct trial *trial, const char *program)
{
    struct buf *message;
    struct stat about;
    const char *fault = NULL;

    if (stat(program, &about) != 0)
        fault = "is not built; run make";
    else if (!is_up_to_date(trial, &about))
        fault = "is older than its chapter; run make";
    if (fault == NULL)
        return true;
    trial->result->outcome = DOCTEST_FAILED;
    message = &trial->result->message;
    buf_addf(message, "%s:%u: %s %s\n", trial->test->place.source->path, trial->test->place.line,
             program, fault);
    return false;
}
