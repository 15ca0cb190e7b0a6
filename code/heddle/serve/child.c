#include "heddle/serve/child.h"

#include <errno.h>
#include <signal.h>

enum { TICK_MS = 100, GRACE_MS = 2000, MOST_OUTPUT = 64 * 1024 * 1024 };

void child_open(struct child *child)
{
    *child = (struct child){0};
    pthread_mutex_init(&child->lock, NULL);
}

void child_close(struct child *child)
{
    pthread_mutex_destroy(&child->lock);
}

static bool is_stopped(struct child *child)
{
    bool stopped;

    pthread_mutex_lock(&child->lock);
    stopped = child->stopped;
    pthread_mutex_unlock(&child->lock);
    return stopped;
}

void child_stop(struct child *child)
{
    pthread_mutex_lock(&child->lock);
    child->stopped = true;
    if (child->running != NULL)
        process_signal_group(child->running, SIGTERM);
    pthread_mutex_unlock(&child->lock);
}

void child_allow(struct child *child)
{
    pthread_mutex_lock(&child->lock);
    child->stopped = false;
    pthread_mutex_unlock(&child->lock);
}

/* 0, or why it was not started. The lock: who stops it sees it, or keeps it from
 * starting. */
static int start(struct child *child, const struct child_call *call, struct process *process)
{
    int err;

    pthread_mutex_lock(&child->lock);
    err = child->stopped ? ECANCELED
                         : process_start(process, call->argv,
                                         &(const struct process_options){
                                             .stdin_from = PROCESS_DEVNULL,
                                             .stdout_to = PROCESS_PIPE,
                                             .stderr_to = PROCESS_PIPE,
                                             .cwd = call->folder,
                                             .nice = call->nice,
                                             .new_group = true,
                                             .end_group = true,
                                             .death_signal = SIGTERM,
                                             .drain_ms = GRACE_MS,
                                             .output_limit = MOST_OUTPUT,
                                         });
    if (err == 0)
        child->running = process;
    pthread_mutex_unlock(&child->lock);
    return err;
}

/* ETIMEDOUT: it took too long. */
static int attend(struct child *child, struct process *process, int64_t limit_ms)
{
    int64_t left = limit_ms, grace = GRACE_MS;
    int err;

    do {
        err = process_communicate(process, NULL, 0, TICK_MS);
        left -= TICK_MS;
        if (is_stopped(child))
            grace -= TICK_MS;
    } while (err == ETIMEDOUT && left > 0 && grace > 0);
    return err;
}

static int describe(struct child *child, int err, const struct process_result *result)
{
    return is_stopped(child)  ? CHILD_STOPPED
           : err == ETIMEDOUT ? CHILD_TOO_LONG
           : err != 0         ? CHILD_NOT_RUN
                              : result->returncode;
}

int child_run(struct child *child, const struct child_call *call, struct buf *out, struct buf *err)
{
    struct process process = {0};
    int failed = start(child, call, &process);
    int status;

    if (failed == 0)
        failed = attend(child, &process, call->limit_ms);
    status = describe(child, failed, &process.result);
    if (status == CHILD_NOT_RUN)
        buf_adds(err, process.result.message);
    if (process.result.out != NULL)
        buf_add(out, (struct span){process.result.out, process.result.out_size});
    if (process.result.err != NULL)
        buf_add(err, (struct span){process.result.err, process.result.err_size});
    pthread_mutex_lock(&child->lock);
    child->running = NULL;
    pthread_mutex_unlock(&child->lock);
    if (failed != ECANCELED)
        process_destroy(&process);
    return status;
}
