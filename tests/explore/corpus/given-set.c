/*
 * select reads which descriptors are meant, and writes which are ready; main's answer
 * may come into the middle.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: set
 * toy: no, it has no pipes
 */
#include <pthread.h>
#include <stdio.h>
#include <sys/select.h>
#include <unistd.h>

static fd_set set;
static int ends[2];

static void *leave_out(void *argument)
{
    FD_CLR(ends[0], &set);
    return argument;
}

int main(void)
{
    struct timeval limit = {0, 0};
    pthread_t thread;

    if (pipe(ends) != 0 || write(ends[1], "x", 1) != 1)
        return 1;
    FD_SET(ends[0], &set);
    pthread_create(&thread, NULL, leave_out, NULL);
    printf("%d\n", select(ends[0] + 1, &set, NULL, NULL, &limit));
    pthread_join(thread, NULL);
    return 0;
}
