/*
 * glibc reads another thread's name from a file in /proc. It is not joined, so its number
 * is good; but when it has ended, the kernel soon has no such file, or no such thread when
 * the file is read that was opened before.
 *
 * can: exit 0 | found\n
 * can: exit 0 | no such file\n
 * can: exit 0 | no such thread\n
 */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static void *work(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;
    char name[16];
    int err;

    pthread_create(&thread, NULL, work, NULL);
    err = pthread_getname_np(thread, name, sizeof name);
    pthread_join(thread, NULL);
    puts(err == 0 ? "found" : err == ENOENT ? "no such file" : "no such thread");
    return 0;
}
