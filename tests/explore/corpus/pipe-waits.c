/*
 * The reader waits for bytes, however late they come, and then for the end.
 *
 * can: exit 0 | hello\nend\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];

static void *say(void *argument)
{
    if (write(ends[1], "hello", 6) != 6)
        puts("short");
    close(ends[1]);
    return argument;
}

int main(void)
{
    char text[16];
    pthread_t thread;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, say, NULL);
    if (read(ends[0], text, sizeof text) == 6)
        puts(text);
    if (read(ends[0], text, sizeof text) == 0)
        puts("end");
    pthread_join(thread, NULL);
    return 0;
}
