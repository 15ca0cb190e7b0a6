/*
 * A read is a race with a write that comes behind it as well.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: value
 */
#include <pthread.h>
#include <stdio.h>

static int value, seen;

static void *look(void *argument)
{
    seen = value;
    return argument;
}

static void *set(void *argument)
{
    value = 1;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, look, NULL);
    pthread_create(&b, NULL, set, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", seen);
    return 0;
}
