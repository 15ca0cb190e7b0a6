/*
 * Two exchanges: one sees the zero, the other what the first left.
 *
 * can: exit 0 | 0 1 2\n
 * can: exit 0 | 2 0 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x;
static int seen_1, seen_2;

static void *set_1(void *argument)
{
    seen_1 = atomic_exchange(&x, 1);
    return argument;
}

static void *set_2(void *argument)
{
    seen_2 = atomic_exchange(&x, 2);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set_1, NULL);
    pthread_create(&b, NULL, set_2, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d %d\n", seen_1, seen_2, x);
    return 0;
}
