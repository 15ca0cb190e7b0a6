/*
 * The kernel writes into the program's memory, too: read() into a buffer that
 * another thread looks at.
 *
 * can: exit 0 | -\n
 * can: exit 0 | x\n
 * races: buffer
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];
static char buffer[2] = "-";

static void *look(void *argument)
{
    printf("%c\n", buffer[0]);
    return argument;
}

int main(void)
{
    pthread_t thread;

    if (pipe(ends) != 0 || write(ends[1], "x", 1) != 1)
        return 1;
    pthread_create(&thread, NULL, look, NULL);
    if (read(ends[0], buffer, 1) != 1)
        puts("short");
    pthread_join(thread, NULL);
    return 0;
}
