#include "filter.h"

#include <string.h>

#include "lib/process.h"

enum { TIME_LIMIT_MS = 120 * 1000 };    /* a chapter takes pandoc half a second */

/* The first line of what is kept: a hash of the command and its input. */
static void make_key(const struct filter *filter, struct span input,
                     char key[FILE_HASH_DIGITS + 1])
{
    struct buf all = { 0 };

    for (const char *const *word = filter->argv; *word != NULL; word++) {
        buf_adds(&all, *word);
        buf_addc(&all, '\0');
    }
    buf_add(&all, input);
    file_hash(buf_span(&all), key);
    buf_free(&all);
}

static bool recall(const struct filter *filter, const char *key, struct arena *arena,
                   struct span *output, struct diags *diags)
{
    struct span text, line;

    if (!file_exists(filter->keep) || !file_read(arena, filter->keep, &text, diags)
        || !span_line(&text, &line) || !span_is(line, key))
        return false;
    *output = text;
    return true;
}

static void remember(const struct filter *filter, const char *key, struct span output,
                     struct diags *diags)
{
    struct buf text = { 0 };

    buf_adds(&text, key);
    buf_addc(&text, '\n');
    buf_add(&text, output);
    file_replace(filter->keep, buf_span(&text), diags);
    buf_free(&text);
}

/* The command's own words, one message a line. */
static void report(const struct process_result *result, enum diag_level level,
                   const struct source *source, const char *command, struct diags *diags)
{
    struct span rest = { result->err, result->err_size }, line;

    while (span_line(&rest, &line))
        if (span_trim(line).len > 0)
            diag_add(diags, level, (struct place){ source, 0, 0 }, 0, "%s: %.*s", command,
                     SPAN_ARG(line));
}

bool filter_run(const struct filter *filter, struct span input, const struct source *source,
                struct arena *arena, struct span *output, struct diags *diags)
{
    const char *command = filter->argv[0];
    char key[FILE_HASH_DIGITS + 1];
    struct process_result result;
    int err;

    make_key(filter, input, key);
    if (recall(filter, key, arena, output, diags))
        return true;
    err = PROCESS_RUN(&result, filter->argv, .input = input.len > 0 ? input.ptr : "",
                      .input_size = input.len, .capture_output = true, .check = true,
                      .timeout_ms = TIME_LIMIT_MS);
    if (err == 0) {
        *output = (struct span){ arena_copy(arena, result.out, result.out_size), result.out_size };
        report(&result, DIAG_WARNING, source, command, diags);
        remember(filter, key, *output, diags);
    } else {
        diag_system(diags, "cannot weave: %s", result.message);
        report(&result, DIAG_NOTE, source, command, diags);
    }
    process_result_destroy(&result);
    return err == 0;
}
