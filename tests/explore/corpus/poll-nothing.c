/*
 * Nobody will ever write.
 *
 * can: deadlock |
 * says: waits until a descriptor is ready, and none will be
 * native: no, it hangs
 */
#define _POSIX_C_SOURCE 200809L
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

int main(void)
{
    struct pollfd fd = {.events = POLLIN};
    int ends[2];

    if (pipe(ends) != 0)
        return 1;
    fd.fd = ends[0];
    poll(&fd, 1, -1);
    puts("ready");
    return 0;
}
