/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/worker.h"

enum { PICTURES = 1000 };

struct picture {
    int downloaded, resized, uploaded; /* how often */
};

static void *download(void *item, void *context, struct thread_error *error)
{
    struct picture *picture = item;

    (void)context, (void)error;
    picture->downloaded++;
    return picture;
}

static void *resize(void *item, void *context, struct thread_error *error)
{
    struct picture *picture = item;

    (void)context;
    if (picture->downloaded != 1)
        return thread_fail(error, EINVAL, "nothing to resize");
    picture->resized++;
    return picture;
}

static void *upload(void *item, void *context, struct thread_error *error)
{
    struct picture *picture = item;

    (void)context;
    if (picture->resized != 1)
        return thread_fail(error, EINVAL, "nothing to upload");
    picture->uploaded++;
    return picture;
}

static void count_results(struct queue *done)
{
    int came = 0, right = 0;
    void *item;

    for (; queue_try_get(done, &item) == 0; came++) {
        const struct picture *p = item;

        right += p->downloaded == 1 && p->resized == 1 && p->uploaded == 1;
    }
    printf("%d pictures came through, %d as they should be\n", came, right);
}
