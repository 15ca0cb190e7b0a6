/* Written by heddle tangle from chapters/00-preface.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdio.h>

int main(void)
{
    puts("printed by a program, compared by a test");
    return 0;
}
