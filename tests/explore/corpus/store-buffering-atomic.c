/*
 * The same with seq_cst atomics, where C promises that one of them is seen.
 *
 * can: exit 0 | 0 1\n
 * can: exit 0 | 1 0\n
 * can: exit 0 | 1 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int x, y;
static int seen_x, seen_y;

static void *write_x(void *argument)
{
    x = 1;
    seen_y = y;
    return argument;
}

static void *write_y(void *argument)
{
    y = 1;
    seen_x = x;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, write_x, NULL);
    pthread_create(&b, NULL, write_y, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", seen_x, seen_y);
    return 0;
}
