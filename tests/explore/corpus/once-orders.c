/*
 * What the routine did was before whoever comes back from pthread_once, even if
 * another thread ran it: no race, one time, and one value.
 *
 * can: exit 0 | 7 7\n
 */
#include <pthread.h>
#include <stdio.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int value, seen[2];

static void set_up(void)
{
    value += 7;
}

static void *first(void *argument)
{
    pthread_once(&once, set_up);
    seen[0] = value;
    return argument;
}

static void *second(void *argument)
{
    pthread_once(&once, set_up);
    seen[1] = value;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", seen[0], seen[1]);
    return 0;
}
