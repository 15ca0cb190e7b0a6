/*
 * Two bit-fields of one unit: to write one is to read and write back the other.
 *
 * can: exit 0 | 1 2\n
 * can: exit 0 | 0 2\n
 * can: exit 0 | 1 0\n
 * races: both
 * toy: no, gcc does not tell it
 */
#include <pthread.h>
#include <stdio.h>

static struct {
    unsigned one : 4, two : 4;
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
