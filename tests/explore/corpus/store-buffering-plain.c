/*
 * Each writes its own and reads the other's. Under sequential consistency one
 * of them is seen; but these accesses race, so C promises nothing.
 *
 * can: exit 0 | 0 1\n
 * can: exit 0 | 1 0\n
 * can: exit 0 | 1 1\n
 * races: x, y
 * native: no, the machine shows 0 0 as well
 */
#include <pthread.h>
#include <stdio.h>

static int x, y, seen_x, seen_y;

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
