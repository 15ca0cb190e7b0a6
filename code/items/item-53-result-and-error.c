/* Written by heddle tangle from chapters/30-threads.md: edit it there.
 * Copyright (c) 2026 the authors of heddle. SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>

#include "lib/thread.h"

static unsigned smallest_divisor(unsigned n)
{
    unsigned i = 2;

    while (n % i != 0)
        i++;
    return i;
}

static void *find_divisor(void *arg, struct thread_error *error)
{
    unsigned *n = arg;

    if (*n < 2)
        return thread_fail(error, EDOM, "no prime divides %u", *n);
    *n = smallest_divisor(*n);
    return n; /* the result */
}

int main(void)
{
    unsigned numbers[] = {2139079, 1};
    struct thread threads[2];
    struct thread_error error;
    void *result;
    int err = 0;

    for (int i = 0; i < 2; i++)
        err |= thread_start(&threads[i], "find divisor", find_divisor,
                            &numbers[i]);
    if (err != 0)
        return 1;
    for (int i = 0; i < 2; i++) {
        if (thread_join(&threads[i], &result, &error) == 0)
            printf("smallest divisor: %u\n", *(unsigned *)result);
        else
            printf("no divisor: %s\n", error.text);
    }
    return 0;
}
