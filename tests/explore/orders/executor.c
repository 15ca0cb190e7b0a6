/*
 * A worker takes one item from a queue with room for one, and puts what comes of it into
 * another: each of the two threads may have to wait for the other, at either queue.
 */
#include "weakened.h"

#include <sys/prctl.h>

/* A name is for debuggers, and the explorer does not know that call. */
#define prctl(option, name) ((void)(name))

#include "lib/queue.c"
#include "lib/thread.c"
#include "lib/worker.c"

#include <stdio.h>

static int letter, answer;

static void *reply(void *item, void *context, struct thread_error *error)
{
    (void)context, (void)error;
    answer = *(int *)item + 1;
    return &answer;
}

int main(void)
{
    struct queue in, out;
    struct worker worker;
    void *item;

    if (queue_init(&in, 1) != 0 || queue_init(&out, 1) != 0 ||
        workers_start(&worker, 1, "worker", reply, NULL, &in, &out) != 0)
        return 1;
    letter = 1;
    if (queue_put(&in, &letter, NULL) != 0 || queue_get(&out, &item, NULL) != 0)
        return 1;
    printf("%d%d\n", letter, *(int *)item);
    queue_close(&in);
    if (workers_stop(&worker, 1, NULL) != 0)
        return 1;
    queue_destroy(&in);
    return queue_destroy(&out);
}
