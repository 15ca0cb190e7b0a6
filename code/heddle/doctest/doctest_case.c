#include "heddle/doctest/doctest_case.h"

#include <sys/stat.h>

#include "heddle/disk/file.h"
#include "heddle/tangle/outputs.h"
#include "heddle/tangle/tangle.h"

/* In the compilers' form, which editors and CI match. */
static void add_place(const struct doctest_case *test_case)
{
    const struct place *place = &test_case->test->place;

    buf_addf(&test_case->result->message, "%s:%u:%u: error: ", place->source->path, place->line,
             place->column);
}

struct buf *doctest_case_begin_finding(const struct doctest_case *test_case)
{
    struct buf *message = &test_case->result->message;

    test_case->result->outcome = DOCTEST_FAILED;
    if (message->len > 0)
        buf_adds(message, "and ");
    else
        add_place(test_case);
    buf_adds(message, test_case->test->program != NULL ? test_case->test->program : "this block");
    buf_addc(message, ' ');
    return message;
}

void doctest_case_quote(struct buf *message, struct span output)
{
    struct span line;
    size_t hidden = 0;

    for (int i = 0; span_line(&output, &line); i++) {
        if (i >= DOCTEST_CASE_MOST_SHOWN) {
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

const char *doctest_case_or(const char *given, const char *otherwise)
{
    return given != NULL ? given : otherwise;
}

bool doctest_case_is_older(const struct stat *a, const struct stat *b)
{
    return a->st_mtim.tv_sec < b->st_mtim.tv_sec ||
           (a->st_mtim.tv_sec == b->st_mtim.tv_sec && a->st_mtim.tv_nsec < b->st_mtim.tv_nsec);
}

static bool holds(const char *path, struct span text)
{
    struct arena arena = {0};
    struct diags diags = {0};
    struct span found = {0};
    bool same = file_read(&arena, path, &found, &diags) && span_equal(found, text);

    arena_free(&arena);
    diag_free(&diags);
    return same;
}

/* Is the plain twin what the chapter holds now, and the program made after it?
 * Where its lines stand in the chapter makes no other program of it. */
static bool is_up_to_date(const struct doctest_case *test_case, const struct stat *program)
{
    const struct target *target = test_case->test->snippet->program;
    const char *annotated = doctest_case_or(test_case->options->annotated, "build/annotated");
    struct arena arena = {0};
    struct buf path = {0}, text = {0};
    struct stat twin;
    bool fresh;

    buf_addf(&path, "%s/%.*s", outputs_plain(annotated, &arena), SPAN_ARG(target->path));
    arena_free(&arena);
    tangle_clean(target, &text);
    fresh = stat(buf_string(&path), &twin) == 0 && !doctest_case_is_older(program, &twin) &&
            holds(buf_string(&path), buf_span(&text));
    buf_free(&path);
    buf_free(&text);
    return fresh;
}

/* A book without a Makefile of its own is built by what heddle wrote. */
static const char *make_command(void)
{
    return file_exists("Makefile") || file_exists("makefile") || file_exists("GNUmakefile")
               ? "make"
               : "make -f build/book.mk";
}

bool doctest_case_check_built(const struct doctest_case *test_case, const char *program)
{
    struct buf *message;
    struct stat about;
    const char *fault = NULL;

    if (stat(program, &about) != 0)
        fault = "is not built";
    else if (!is_up_to_date(test_case, &about))
        fault = "is older than its chapter";
    if (fault == NULL)
        return true;
    test_case->result->outcome = DOCTEST_FAILED;
    message = &test_case->result->message;
    add_place(test_case);
    buf_addf(message, "%s %s; run %s\n", program, fault, make_command());
    return false;
}
