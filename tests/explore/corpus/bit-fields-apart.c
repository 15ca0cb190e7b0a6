/*
 * A member of no width parts two units: they are two memory locations (C17, 3.14).
 *
 * can: exit 0 | 1 2\n
 */
#include <pthread.h>
#include <stdio.h>

static struct {
    unsigned char one : 4;
    unsigned char : 0;
    unsigned char two : 4;
} both;

static void *other(void *argument)
{
    both.one = 1;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    both.two = 2;
    pthread_join(thread, NULL);
    printf("%d %d\n", both.one, both.two);
    return 0;
}
