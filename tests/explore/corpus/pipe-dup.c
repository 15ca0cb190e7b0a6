/*
 * The end comes when the last descriptor that could write is closed.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | ba\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2], other;

static void *say_a(void *argument)
{
    if (write(ends[1], "a", 1) != 1)
        puts("short");
    close(ends[1]);
    return argument;
}

static void *say_b(void *argument)
{
    if (write(other, "b", 1) != 1)
        puts("short");
    close(other);
    return argument;
}

int main(void)
{
    pthread_t a, b;
    char byte;

    if (pipe(ends) != 0 || (other = dup(ends[1])) < 0)
        return 1;
    pthread_create(&a, NULL, say_a, NULL);
    pthread_create(&b, NULL, say_b, NULL);
    while (read(ends[0], &byte, 1) == 1)
        putchar(byte);
    putchar('\n');
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
