/* Written by heddle tangle from chapters/30-threads.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static void *open_settings(void *path)
{
    return fopen(path, "r"); /* why not? this thread's errno knows */
}

int main(void)
{
    char path[] = "/no/such/settings";
    void *file = NULL;
    pthread_t id;
    int err;

    errno = 0;
    err = pthread_create(&id, NULL, open_settings, path);
    if (err == 0)
        err = pthread_join(id, &file);
    printf("start and join: %d, file: %s, errno: %d\n", err,
           file == NULL ? "none" : "there", errno);
    return 0;
}
