/*
 * What people reach for, as somebody would write it: capture, end a whole tree
 * in time, lines as they come, a pipeline, ten at once, feed and read.
 */
#include <heddle/process.h>

#include <errno.h>
#include <stdio.h>

#define SH(script, ...) PROCESS_ARGV("sh", "-c", script, __VA_ARGS__)

static int capture(void)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, PROCESS_ARGV("echo", "hello"), .stdout_to = PROCESS_PIPE);

    printf("%s", r.out);
    process_result_destroy(&r);
    return err;
}

static int end_the_tree(void)
{
    struct process_result r;
    int err =
        PROCESS_RUN(&r, SH("setsid sleep 10000 & wait", "sh"), .timeout_ms = 20, .end_tree = true);

    process_result_destroy(&r);
    return err == ETIMEDOUT ? 0 : 1;
}

static int print_line(void *context, int stream, const char *line, size_t size)
{
    (void)context, (void)size;
    return printf("%d: %s", stream, line) < 0 ? EIO : 0;
}

static int lines(void)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, SH("echo a; echo b >&2; echo c", "sh"), .capture_output = true,
                          .on_output = print_line, .by_line = true);

    process_result_destroy(&r);
    return err;
}

static int pipeline(void)
{
    const char *const *const row[] = {SH("echo c; echo a; echo b", "sh"), PROCESS_ARGV("sort"),
                                      PROCESS_ARGV("head", "-n", "2")};
    struct process_result r;
    int err = process_pipeline(row, 3, NULL, NULL, &r);

    process_result_destroy(&r);
    return err;
}

static int ten(void)
{
    struct process children[10] = {{0}};
    size_t i;

    for (i = 0; i < 10; i++)
        PROCESS_START(&children[i], SH("echo $0; exit $0", (char[]){(char)('0' + i), '\0'}),
                      .stdout_to = PROCESS_PIPE);
    for (; process_next(children, 10, PROCESS_FOREVER, &i) == 0; process_destroy(&children[i]))
        printf("%d %s", children[i].result.returncode, children[i].result.out);
    return 0;
}

static int feed(void)
{
    struct process_result r;
    int err = PROCESS_RUN(&r, PROCESS_ARGV("tr", "a-z", "A-Z"), .input = "feed\n", .input_size = 5,
                          .stdout_to = PROCESS_PIPE);

    printf("%s", r.out);
    process_result_destroy(&r);
    return err;
}

int main(void)
{
    int (*const tasks[])(void) = {capture, end_the_tree, lines, pipeline, ten, feed};

    for (size_t i = 0; i < sizeof tasks / sizeof tasks[0]; i++)
        if (tasks[i]() != 0 || fflush(stdout) != 0)
            return 1;
    return 0;
}
