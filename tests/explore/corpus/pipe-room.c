/*
 * How much a pipe holds is the system's: Linux lets the thread go on, where 4096 bytes
 * is all that POSIX promises. So it stands among what is assumed.
 *
 * can: deadlock |
 * says: a pipe holds 4096 bytes
 * native: no, Linux has more room
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int ends[2];
static char bytes[8192];

static void *put(void *argument)
{
    return write(ends[1], bytes, sizeof bytes) == sizeof bytes ? argument : NULL;
}

int main(void)
{
    pthread_t thread;

    if (pipe(ends) != 0)
        return 1;
    pthread_create(&thread, NULL, put, NULL);
    pthread_join(thread, NULL);
    puts("joined");
    return 0;
}
