/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>

static int letter;
static volatile bool sent;

static void *send(void *arg)
{
    letter = 42;
    sent = true;            /* volatile bool: wrong */
    return arg;
}

int main(void)
{
    pthread_t thread;

    if (pthread_create(&thread, NULL, send, NULL) != 0)
        return 1;
    if (sent)
        printf("read %d\n", letter);
    else
        puts("nothing yet");
    pthread_join(thread, NULL);
    return 0;
}
