/*
 * Two threads write a word each, and main reads until both have closed: the
 * words come in either order, and never mixed (POSIX: up to PIPE_BUF bytes).
 *
 * can: exit 0 | abcdef\n
 * can: exit 0 | defabc\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int joint[2];

static void *say(void *argument)
{
    const char *word = argument;

    if (write(joint[1], word, 3) != 3)
        puts("short");
    return NULL;
}

int main(void)
{
    static char abc[] = "abc", def[] = "def";
    char text[7] = "";
    size_t size = 0;
    ssize_t got;
    pthread_t a, b;

    if (pipe(joint) != 0)
        return 1;
    pthread_create(&a, NULL, say, abc);
    pthread_create(&b, NULL, say, def);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    close(joint[1]);
    while ((got = read(joint[0], text + size, sizeof text - 1 - size)) > 0)
        size += (size_t)got;
    close(joint[0]);
    printf("%s\n", text);
    return 0;
}
