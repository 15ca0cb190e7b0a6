/*
 * Of two ready descriptors epoll_wait with room for one gives either; with the
 * level as trigger, what was not taken is given again.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | ba\n
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/epoll.h>
#include <unistd.h>

static int ends[2][2];

static void *say(void *argument)
{
    if (write(ends[(uintptr_t)argument][1], "x", 1) != 1)
        puts("short");
    return NULL;
}

int main(void)
{
    int watcher = epoll_create1(0);
    pthread_t a, b;

    for (int i = 0; i < 2; i++) {
        if (pipe(ends[i]) != 0)
            return 1;
        epoll_ctl(watcher, EPOLL_CTL_ADD, ends[i][0],
                  &(struct epoll_event){.events = EPOLLIN, .data.fd = i});
    }
    pthread_create(&a, NULL, say, (void *)0);
    pthread_create(&b, NULL, say, (void *)1);
    for (int i = 0; i < 2; i++) {
        struct epoll_event event;
        char byte;

        if (epoll_wait(watcher, &event, 1, -1) == 1 && read(ends[event.data.fd][0], &byte, 1) == 1)
            putchar('a' + event.data.fd);
    }
    putchar('\n');
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
