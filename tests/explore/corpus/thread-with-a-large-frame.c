/*
 * A frame of 20 MB does not fit the 8 of the thread's stack, and does not lie in
 * another one's. Who calls nobody has no hook.
 *
 * can: signal 11 |
 * toy: no, its stacks lie side by side
 */
#include <pthread.h>
#include <stdio.h>

static int leaf(void)
{
    volatile char room[20 << 20];

    room[0] = 1;
    return room[0];
}

static void *nothing(void *argument)
{
    return argument;
}

static void *call(void *argument)
{
    return leaf() != 0 ? argument : NULL;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, nothing, NULL);
    pthread_join(a, NULL);
    pthread_create(&b, NULL, call, NULL);
    pthread_join(b, NULL);
    puts("done");
    return 0;
}
