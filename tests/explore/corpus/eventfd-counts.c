/*
 * Two threads add one and two; a read takes all that is there: both at once,
 * or one after the other in either order.
 *
 * can: exit 0 | 3 0\n
 * can: exit 0 | 1 2\n
 * can: exit 0 | 2 1\n
 */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/eventfd.h>
#include <unistd.h>

static int counter;

static void *add(void *argument)
{
    eventfd_write(counter, (uintptr_t)argument);
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    eventfd_t first, second = 0;

    counter = eventfd(0, 0);
    pthread_create(&a, NULL, add, (void *)1);
    pthread_create(&b, NULL, add, (void *)2);
    eventfd_read(counter, &first);
    if (first < 3)
        eventfd_read(counter, &second);
    printf("%d %d\n", (int)first, (int)second);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
