/*
 * A pipe that nobody reads is full after PIPE_BUF bytes, at the latest for
 * whoever relies on POSIX alone.
 *
 * can: deadlock |
 * says: waits to write to ends[1], and nobody reads from it
 * native: no, Linux has more room
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static char page[4096];

int main(void)
{
    int ends[2];

    if (pipe(ends) != 0)
        return 1;
    if (write(ends[1], page, sizeof page) != sizeof page || write(ends[1], page, 1) != 1)
        puts("short");
    puts("written");
    return 0;
}
