/*
 * Functions that call nobody, and whose variables nobody else sees, have frames too. The
 * first thread has room for them; the second one is given less than the first array takes.
 *
 * can: exit 0 | 1\n
 * says: needs more of its stack than the thread was given
 * status: 3
 * native: no, it has no more there
 * toy: no, it gives as much as it likes
 */
#include <pthread.h>
#include <stdio.h>

static void *need(void *argument)
{
    volatile char room[50000];

    room[0] = 1;
    return room[0] != 0 ? argument : NULL;
}

static void run(size_t size)
{
    pthread_attr_t attr;
    pthread_t thread;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, size);
    pthread_create(&thread, &attr, need, NULL);
    pthread_join(thread, NULL);
}

int main(void)
{
    run(1 << 16);
    puts("1");
    run(1 << 15);
    return 0;
}
