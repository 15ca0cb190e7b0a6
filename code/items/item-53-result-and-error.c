#include <errno.h>
#include <stdio.h>

#include "lib/thread.h"

static void *find_divisor(void *arg, struct thread_error *error)
{
    unsigned *n = arg;
    unsigned i = 2;

    if (*n < 2)
        return thread_fail(error, EDOM, "no prime divides %u", *n);
    while (*n % i != 0)
        i++;
    *n = i;
    return n;
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
        err = thread_join(&threads[i], &result, &error);
        if (err == 0)
            printf("smallest divisor: %u\n", *(unsigned *)result);
        else
            printf("no divisor: %s\n", error.text);
    }
    return 0;
}
