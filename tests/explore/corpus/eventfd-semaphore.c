/*
 * EFD_SEMAPHORE: two units, one for each of two threads; a third read would
 * wait for ever, and without waiting finds nothing.
 *
 * can: exit 0 | 1 1 EAGAIN\n
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int counter;

static void *take(void *argument)
{
    uint64_t value = 0;

    (void)argument;
    if (read(counter, &value, sizeof value) != sizeof value)
        puts("short");
    return (void *)(uintptr_t)value;
}

int main(void)
{
    pthread_t a, b;
    void *one, *two;
    eventfd_t value;

    counter = eventfd(2, EFD_SEMAPHORE);
    pthread_create(&a, NULL, take, NULL);
    pthread_create(&b, NULL, take, NULL);
    pthread_join(a, &one);
    pthread_join(b, &two);
    fcntl(counter, F_SETFL, O_NONBLOCK);
    printf("%d %d %s\n", (int)(uintptr_t)one, (int)(uintptr_t)two,
           eventfd_read(counter, &value) < 0 && errno == EAGAIN ? "EAGAIN" : "?");
    return 0;
}
