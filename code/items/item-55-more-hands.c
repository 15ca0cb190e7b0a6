/* Written by heddle tangle from chapters/50-queue.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include "items/item-55-stages.h"

int main(void)
{
    static struct picture pictures[PICTURES];
    struct queue to_download, to_resize, to_upload, done;
    struct worker downloaders[3], resizers[4], uploaders[5];
    int err = 0;

    err |= queue_init(&to_download, 64);
    err |= queue_init(&to_resize, 64);
    err |= queue_init(&to_upload, 64);
    err |= queue_init(&done, QUEUE_UNBOUNDED);
    if (err != 0)
        return 1;
    err |= workers_start(downloaders, 3, "download", download, NULL,
                         &to_download, &to_resize);
    err |= workers_start(resizers, 4, "resize", resize, NULL,
                         &to_resize, &to_upload);
    err |= workers_start(uploaders, 5, "upload", upload, NULL,
                         &to_upload, &done);
    for (int i = 0; i < PICTURES; i++)
        err |= queue_put(&to_download, &pictures[i], NULL);
    err |= workers_stop(downloaders, 3, NULL);
    err |= workers_stop(resizers, 4, NULL);
    err |= workers_stop(uploaders, 5, NULL);
    count_results(&done);
    queue_destroy(&to_download);
    queue_destroy(&to_resize);
    queue_destroy(&to_upload);
    queue_destroy(&done);
    return err;
}
