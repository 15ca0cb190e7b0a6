/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/worker.h"

enum { PICTURES = 4 };

struct picture {
    const char *name;
    int width;
};

static void *resize(void *item, void *context, struct thread_error *error)
{
    struct picture *picture = item;

    (void)context;
    if (picture->width == 0)
        return thread_fail(error, EINVAL, "%s is empty", picture->name);
    picture->width /= 2;
    return picture;
}

int main(void)
{
    struct picture pictures[PICTURES] = {
        {"sea", 800}, {"cat", 640}, {"dog", 0}, {"moon", 320}};
    struct worker_failure *failures;
    struct queue in, out;
    struct worker worker;
    int err;

    if (queue_init(&in, 1) != 0 || queue_init(&out, PICTURES) != 0)
        return 1;
    err = workers_start(&worker, 1, "resize", resize, NULL, &in, &out);
    for (int i = 0; i < PICTURES && err == 0; i++)
        err = queue_put(&in, &pictures[i], NULL);
    err = workers_stop(&worker, 1, &failures);
    for (const struct worker_failure *f = failures; f != NULL; f = f->next)
        printf("failed: %s\n", f->error.text);
    printf("%zu of %d are resized\n", queue_size(&out), PICTURES);
    worker_failures_free(failures);
    queue_destroy(&in);
    queue_destroy(&out);
    return err != EINVAL;
}
