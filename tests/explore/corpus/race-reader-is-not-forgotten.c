/*
 * A read by one thread is not forgotten because another has read too: the first
 * is in order with the write, the second is not.
 *
 * can: exit 0 | done\n
 * races: value
 */
#include <pthread.h>
#include <stdio.h>

static int value;
static _Thread_local int seen;

static void *look(void *argument)
{
    seen = value;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, look, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(b, NULL);
    value = 1;
    pthread_join(a, NULL);
    puts("done");
    return 0;
}
