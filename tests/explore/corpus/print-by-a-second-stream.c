/*
 * A second stream over stdout's file, with a buffer of its own: when that goes out,
 * libraries may choose.
 *
 * can: exit 0 | fm
 * can: exit 0 | mf
 * says: by another stream, with a buffer
 * status: 3
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *print(void *argument)
{
    FILE *stream = fdopen(dup(STDOUT_FILENO), "w");

    fputs("f", stream);
    fclose(stream);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, print, NULL);
    (void)!write(STDOUT_FILENO, "m", 1);
    pthread_join(thread, NULL);
    return 0;
}
