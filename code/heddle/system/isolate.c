#include "heddle/system/isolate.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "heddle/base/text.h"
#include "heddle/system/sandbox.h"

/* /tmp is made empty first: the sandbox may stand there. */
static const char *const shut_in[] = {
    "bwrap",  "--unshare-all", "--die-with-parent", "--ro-bind", "/", "/", "--dev", "/dev",
    "--proc", "/proc",         "--tmpfs",           "/tmp",
};

enum { SHUT_IN = sizeof shut_in / sizeof *shut_in, MORE = 10 };

static size_t length(const char *const *argv)
{
    size_t count = 0;

    while (argv[count] != NULL)
        count++;
    return count;
}

/* The program stands in its folder by the name it is called by: bwrap 0.8 knows
 * no other way to give it one. */
const char *const *isolate_command(struct arena *arena, const char *sandbox, const char *program,
                                   const char *const *argv)
{
    const char **words = arena_array(arena, SHUT_IN + MORE + length(argv) + 1, sizeof *words);
    size_t count = SHUT_IN;
    struct buf name = {0};

    memcpy(words, shut_in, sizeof shut_in);
    words[count++] = "--bind";
    words[count++] = sandbox;
    words[count++] = sandbox;
    if (program != NULL) {
        buf_addf(&name, "%s/%s", sandbox, argv[0]);
        words[count++] = "--ro-bind";
        words[count++] = program;
        words[count++] = buf_take(&name, arena).ptr;
    }
    words[count++] = "--chdir";
    words[count++] = sandbox;
    words[count++] = "--";
    for (size_t i = 0; argv[i] != NULL; i++)
        words[count++] = argv[i];
    words[count] = NULL;
    return words;
}

void isolate_ending(struct process_result *result)
{
    if (result->returncode > 128 && result->returncode <= 128 + 64)
        result->returncode = 128 - result->returncode;
}

static char *first_line(const struct process_result *result)
{
    struct span rest = {result->err, result->err_size}, line = span_of("");

    span_line(&rest, &line);
    return strndup(line.ptr, line.len);
}

bool sandbox_can_isolate(char **why)
{
    static const char *const nothing[] = {"true", NULL};
    struct arena arena = {0};
    struct process_result result;
    int err = process_run(isolate_command(&arena, "/tmp", NULL, nothing),
                          &(const struct process_options){
                              .stdout_to = PROCESS_PIPE,
                              .stderr_to = PROCESS_PIPE,
                              .timeout_ms = 60 * 1000,
                              .death_signal = SIGKILL,
                          },
                          &result);
    bool can = err == 0 && result.returncode == 0;

    *why = err == 0 && !can ? first_line(&result) : NULL;
    process_result_destroy(&result);
    arena_free(&arena);
    return can;
}
