#include <errno.h>
#include <stdio.h>

static void tell(const char *what, int err)
{
    const char *outcome = err == 0           ? "done"
                          : err == EAGAIN    ? "would have to wait"
                          : err == ETIMEDOUT ? "not in time"
                          : err == EPIPE     ? "closed"
                                             : "something else";

    printf("%s: %s\n", what, outcome);
}
