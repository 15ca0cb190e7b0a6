/*
 * An int is written, one of its bytes is, and the int is read: the byte's write
 * does not hide the int's.
 *
 * can: exit 0 | 1\n
 * races: x
 */
#include <pthread.h>
#include <stdio.h>

static int x;

static void *write_all(void *argument)
{
    x = 1;
    ((char *)&x)[1] = 0;
    return argument;
}

static void *write_top(void *argument)
{
    ((char *)&x)[3] = 0;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, write_all, NULL);
    pthread_create(&b, NULL, write_top, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", x);
    return 0;
}
