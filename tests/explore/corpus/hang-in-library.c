/*
 * A function of libc waits, and no step is seen there: it is named with its
 * line, at once. (Whoever opens a file twice locks himself out with flock.)
 *
 * says: waits in flock, where no step can be seen
 * says: hang-in-library.c:3
 * status: 2
 * native: no, it hangs
 * toy: no, it hangs
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;
    int once, twice;

    pthread_create(&thread, NULL, pass, NULL);
    once = open("/tmp", O_RDONLY);
    twice = open("/tmp", O_RDONLY);
    if (flock(once, LOCK_EX) == 0)
        flock(twice, LOCK_EX);
    pthread_join(thread, NULL);
    puts("twice");
    return 0;
}
