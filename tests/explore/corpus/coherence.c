/*
 * Two reads of one atomic never see it go back.
 *
 * can: exit 0 | 0 0\n
 * can: exit 0 | 0 1\n
 * can: exit 0 | 1 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x;
static int first, second;

static void *set(void *argument)
{
    x = 1;
    return argument;
}

static void *look(void *argument)
{
    first = x;
    second = x;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set, NULL);
    pthread_create(&b, NULL, look, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", first, second);
    return 0;
}
