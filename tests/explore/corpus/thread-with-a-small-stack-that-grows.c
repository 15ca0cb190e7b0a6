/*
 * How large an array is can be known as late as when its function runs.
 *
 * can: exit 0 | 1\n
 * says: needs more of its stack than the thread was given
 * status: 3
 * native: no, it has no more there
 * toy: no, it gives as much as it likes
 */
#include <pthread.h>
#include <stdio.h>

#pragma GCC diagnostic ignored "-Wvla"

static void *need(void *argument)
{
    volatile char room[(size_t)argument];

    room[0] = 1;
    return room[0] != 0 ? argument : NULL;
}

static void run(size_t bytes)
{
    pthread_attr_t attr;
    pthread_t thread;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 1 << 16);
    pthread_create(&thread, &attr, need, (void *)bytes);
    pthread_join(thread, NULL);
}

int main(void)
{
    run(50000);
    puts("1");
    run(150000);
    return 0;
}
