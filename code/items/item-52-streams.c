/* Written by heddle tangle from chapters/20-subprocess.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/process.h"

#include "items/item-52-encrypt.h"

int main(void)
{
    static const char data[100];
    struct process child;
    int err = run_encrypt(&child, data, sizeof data);

    if (err == 0)
        err = process_communicate(&child, NULL, 0, PROCESS_FOREVER);
    if (err == 0)
        printf("%zu bytes, beginning with %.8s\n", child.result.out_size,
               child.result.out);
    process_destroy(&child);
    return err != 0;
}
