/*
 * Two threads of the library, which name themselves.
 */
#include <stdio.h>

#include "lib/thread.h"

static void *run(void *name, struct thread_error *error)
{
    (void)error;
    fputs(name, stdout);
    return NULL;
}

int main(void)
{
    struct thread one, other;
    int err = thread_start(&one, "one", run, (char[]){"1"});

    err |= thread_start(&other, "other", run, (char[]){"2"});
    err |= thread_join(&one, NULL, NULL);
    err |= thread_join(&other, NULL, NULL);
    return err;
}
