/*
 * That the writer itself reads later does not make its write forgotten.
 *
 * can: exit 0 | done\n
 * races: value
 */
#include <pthread.h>
#include <stdio.h>

static int value;
static _Thread_local int seen;

static void *set_and_look(void *argument)
{
    value = 1;
    seen = value;
    return argument;
}

static void *look(void *argument)
{
    seen = value;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set_and_look, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    puts("done");
    return 0;
}
