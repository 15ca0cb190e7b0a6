/*
 * A thread that was detached cannot be joined, and its work may be done before the
 * end of the process or not.
 *
 * can: exit 0 | 22\n
 * can: exit 0 | work\n22\n
 * can: exit 0 | 22\nwork\n
 * can: exit 0 | 22\nwork
 * says: exits while another thread prints, where C libraries differ
 * status: 3
 * toy: no, it prints a line as one
 * native: no, glibc may print a line twice when exit() meets it
 */
#include <errno.h>
#include <pthread.h>
#include <stdio.h>

static void *work(void *argument)
{
    puts("work");
    return argument;
}

int main(void)
{
    pthread_attr_t attr;
    pthread_t thread;

    pthread_attr_init(&attr);
    pthread_attr_setdetachstate(&attr, PTHREAD_CREATE_DETACHED);
    pthread_create(&thread, &attr, work, NULL);
    printf("%d\n", EINVAL);
    return 0;
}
