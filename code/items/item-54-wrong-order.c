/* Written by heddle tangle from chapters/40-lock.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "lib/lock.h"

int main(void)
{
    static struct lock account = LOCK_INIT("account", 1);
    static struct lock journal = LOCK_INIT("journal", 2);

    lock_acquire(&journal);
    lock_acquire(&account);
    puts("never printed");
    return 0;
}
