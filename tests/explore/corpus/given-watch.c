/*
 * epoll_ctl reads what it is to remember while another thread changes it.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: watch
 * says: races over 12 bytes at once
 * toy: no, it has no pipes
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

static struct epoll_event watch = {.events = EPOLLIN, .data = {.u32 = 1}};

static void *change(void *argument)
{
    watch.data.u32 = 2;
    return argument;
}

int main(void)
{
    struct epoll_event found;
    int ends[2], watcher = epoll_create1(0);
    pthread_t thread;

    if (pipe(ends) != 0 || write(ends[1], "x", 1) != 1)
        return 1;
    pthread_create(&thread, NULL, change, NULL);
    epoll_ctl(watcher, EPOLL_CTL_ADD, ends[0], &watch);
    epoll_wait(watcher, &found, 1, -1);
    printf("%u\n", (unsigned)found.data.u32);
    pthread_join(thread, NULL);
    return 0;
}
