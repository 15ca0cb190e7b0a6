/* Written by heddle tangle from chapters/10-when-concurrency.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <stdbool.h>
#include <stdio.h>

struct path {
    const char *name;
    const char *const *next; /* the step to take; NULL behind the last */
};

/* Take one step. False if there was none left. */
static bool resume(struct path *path)
{
    if (*path->next == NULL)
        return false;
    printf("%s: %s\n", path->name, *path->next);
    path->next++;
    return true;
}

#define STEPS(...) ((const char *const[]){__VA_ARGS__, NULL})

int main(void)
{
    struct path paths[] = {
        {"tea", STEPS("boil the water", "wait for it", "pour")},
        {"rice", STEPS("wash", "cook", "serve")},
        {"soup", STEPS("cut the leek", "simmer")},
    };
    int steps;

    do {
        steps = 0;
        for (int i = 0; i < 3; i++)
            steps += resume(&paths[i]); /* one step, then the next path */
    } while (steps > 0);
    return 0;
}
