#include "heddle/system/filter.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "heddle/base/hash.h"
#include "lib/process.h"

enum { TIME_LIMIT_MS = 120 * 1000 }; /* a chapter takes pandoc half a second */

/* A hash of the command's words and its input. */
static void make_key(const struct filter *filter, struct span input, char key[HASH_DIGITS + 1])
{
    struct buf all = {0};

    for (const char *const *word = filter->argv; *word != NULL; word++) {
        buf_adds(&all, *word);
        buf_addc(&all, '\0');
    }
    buf_add(&all, input);
    hash_text(buf_span(&all), key);
    buf_free(&all);
}

static bool is_program(const char *path, struct stat *status)
{
    return stat(path, status) == 0 && S_ISREG(status->st_mode) && access(path, X_OK) == 0;
}

/* The file that the shell would run (execvp(3)). */
static bool find_program(const char *name, struct stat *status)
{
    const char *dir = getenv("PATH");
    struct buf path = {0};
    bool found = false;

    if (strchr(name, '/') != NULL)
        return is_program(name, status);
    while (dir != NULL && !found) {
        size_t len = strcspn(dir, ":");

        path.len = 0;
        buf_addf(&path, "%.*s/%s", len > 0 ? (int)len : 1, len > 0 ? dir : ".", name);
        found = is_program(buf_string(&path), status);
        dir = dir[len] == ':' ? dir + len + 1 : NULL;
    }
    buf_free(&path);
    return found;
}

bool filter_has(const char *name)
{
    struct stat status;

    return find_program(name, &status);
}

/* One line that changes when another version is installed. Asking pandoc --version
 * would take longer than the rest. */
void filter_identify(const char *name, struct buf *identity)
{
    struct stat status;

    if (find_program(name, &status))
        buf_addf(identity, "%llx:%llx %lld bytes of %lld.%09ld", (unsigned long long)status.st_dev,
                 (unsigned long long)status.st_ino, (long long)status.st_size,
                 (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
}

static bool recall(const struct filter *filter, const char *key, struct span identity,
                   struct arena *arena, struct span *output)
{
    struct span text, line;

    if (!cache_find(filter->folder, key, arena, &text) || !span_line(&text, &line) ||
        (identity.len > 0 && !span_equal(line, identity)))
        return false;
    *output = text;
    return true;
}

static void remember(const struct filter *filter, const char *key, struct span identity,
                     struct span output)
{
    struct buf text = {0};

    buf_add(&text, identity);
    buf_addc(&text, '\n');
    buf_add(&text, output);
    cache_put(filter->folder, key, buf_span(&text));
    buf_free(&text);
}

/* The command's own words, one message a line. */
static void report(const struct process_result *result, enum diag_level level,
                   const struct source *source, const char *command, struct diags *diags)
{
    struct span rest = {result->err, result->err_size}, line;

    while (span_line(&rest, &line))
        if (span_trim(line).len > 0)
            diag_add(diags, level, (struct place){source, 0, 0}, 0, "%s: %.*s", command,
                     SPAN_ARG(line));
}

static bool run(const struct filter *filter, struct span input, const struct source *source,
                struct process_result *result, struct diags *diags)
{
    int err = PROCESS_RUN(result, filter->argv, .input = input.len > 0 ? input.ptr : "",
                          .input_size = input.len, .capture_output = true, .check = true,
                          .timeout_ms = TIME_LIMIT_MS, .death_signal = SIGKILL);

    if (err == ENOENT)
        diag_system(diags,
                    "weaving needs %s, and it is not here; on Debian and Ubuntu root installs it "
                    "with: apt-get install %s",
                    filter->argv[0], filter->argv[0]);
    else if (err != 0)
        diag_system(diags, "cannot weave: %s", result->message);
    report(result, err == 0 ? DIAG_WARNING : DIAG_NOTE, source, filter->argv[0], diags);
    return err == 0;
}

bool filter_run(const struct filter *filter, struct span input, const struct source *source,
                struct arena *arena, struct span *output, struct diags *diags)
{
    char key[HASH_DIGITS + 1];
    struct buf identity = {0};
    struct process_result result;
    bool done;

    make_key(filter, input, key);
    filter_identify(filter->argv[0], &identity);
    done = filter->folder != NULL && recall(filter, key, buf_span(&identity), arena, output);
    if (!done) {
        done = run(filter, input, source, &result, diags);
        if (done)
            *output =
                (struct span){arena_copy(arena, result.out, result.out_size), result.out_size};
        if (done && result.err_size == 0 &&
            filter->folder != NULL) /* else its words would be lost */
            remember(filter, key, buf_span(&identity), *output);
        process_result_destroy(&result);
    }
    buf_free(&identity);
    return done;
}
