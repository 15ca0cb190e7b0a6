/*
 * Only the level is modelled as a trigger.
 *
 * says: calls epoll_ctl with EPOLLET, EPOLLONESHOT or the like
 * status: 2
 * native: no, it is refused
 */
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

int main(void)
{
    int watcher = epoll_create1(0), ends[2];

    if (pipe(ends) != 0)
        return 1;
    epoll_ctl(watcher, EPOLL_CTL_ADD, ends[0], &(struct epoll_event){.events = EPOLLIN | EPOLLET});
    puts("watched");
    return 0;
}
