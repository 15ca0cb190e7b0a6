/*
 * What was written before a byte was sent is there for who received it: no
 * race. Without waiting for the byte it is one.
 *
 * can: exit 0 | 42\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2], data;

static void *send_it(void *argument)
{
    data = 42;
    if (write(ends[1], "", 1) != 1)
        puts("short");
    return argument;
}

int main(void)
{
    pthread_t thread;
    char byte;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, send_it, NULL);
    if (read(ends[0], &byte, 1) == 1)
        printf("%d\n", data);
    pthread_join(thread, NULL);
    return 0;
}
