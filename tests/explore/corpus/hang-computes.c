/*
 * A loop without a step, and without an access to memory, never ends.
 *
 * says: computes for 3 s without a step
 * says: hang-computes.c:1
 * status: 2
 * native: no, it hangs
 * toy: no, it hangs
 */
#include <pthread.h>
#include <stdio.h>

static void *turn(void *argument)
{
    puts("turning");
    for (;;)
        ;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, turn, NULL);
    pthread_join(thread, NULL);
    return 0;
}
