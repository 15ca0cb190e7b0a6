/*
 * The first thread needs what it was given; the second one more, which it has here.
 *
 * can: exit 0 | 1\n2\n
 * says: needs more of its stack than the thread was given
 * status: 3
 * native: no, it has no more there
 * toy: no, it gives as much as it likes
 */
#include <pthread.h>
#include <stdio.h>

static void *need(void *argument)
{
    volatile char room[200000];

    room[0] = *(char *)argument;
    puts((char[]){room[0], '\0'});
    return NULL;
}

static void run(size_t size, char *name)
{
    pthread_attr_t attr;
    pthread_t thread;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, size);
    pthread_create(&thread, &attr, need, name);
    pthread_join(thread, NULL);
}

int main(void)
{
    run(1 << 20, (char[]){'1'});
    run(1 << 16, (char[]){'2'});
    return 0;
}
