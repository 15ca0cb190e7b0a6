/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

#include "items/item-52-encrypt.h"

static int run_hash(struct process *child, int input)
{
    return PROCESS_START(child,
                         PROCESS_ARGV("openssl", "dgst", "-sha256", "-binary"),
                         .stdin_from = PROCESS_FD, .stdin_fd = input,
                         .stdout_to = PROCESS_PIPE);
}

int main(void)
{
    static const char data[100];
    struct process encrypt[3], hash[3];
    int err = 0;

    for (int i = 0; i < 3 && err == 0; i++) {
        err = run_encrypt(&encrypt[i], data, sizeof data);
        if (err == 0)
            err = run_hash(&hash[i], encrypt[i].stdout_fd);
        process_close(&encrypt[i].stdout_fd); /* why? next slide */
    }
    for (int i = 0; i < 3 && err == 0; i++)
        err = process_communicate(&encrypt[i], NULL, 0, PROCESS_FOREVER);
    for (int i = 0; i < 3 && err == 0; i++)
        err = process_communicate(&hash[i], NULL, 0, PROCESS_FOREVER);
    if (err != 0)
        return 1; /* the children read the end of their input, and end */
    for (int i = 0; i < 3; i++) {
        printf("%zu bytes of hash\n", hash[i].result.out_size);
        process_destroy(&encrypt[i]);
        process_destroy(&hash[i]);
    }
    return 0;
}
