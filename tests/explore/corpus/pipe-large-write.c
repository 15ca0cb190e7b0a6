/*
 * More than fits goes out in parts, as the reader makes room; nothing is lost.
 *
 * can: exit 0 | 10000 bytes\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *say(void *argument)
{
    static char bytes[10000];

    if (write(ends[1], bytes, sizeof bytes) != sizeof bytes)
        puts("short");
    close(ends[1]);
    return argument;
}

int main(void)
{
    static char bytes[16384];
    pthread_t thread;
    size_t size = 0;
    ssize_t got;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, say, NULL);
    while ((got = read(ends[0], bytes, sizeof bytes)) > 0)
        size += (size_t)got;
    printf("%zu bytes\n", size);
    pthread_join(thread, NULL);
    return 0;
}
