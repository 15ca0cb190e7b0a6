/* Written by heddle tangle from chapters/10-when-concurrency.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include "items/life.h"

int main(void)
{
    struct life generations[5] = {life_glider()};

    for (int i = 0; i < 4; i++)
        generations[i + 1] = life_next(&generations[i]);
    life_print(generations, 5);
    return 0;
}
