/*
 * A frame of 8,000 bytes lies well in the least stack of all; and a large one, with an
 * argument and a result of a kind that processors keep elsewhere, is what it was.
 *
 * can: exit 0 | 2.5\n
 */
#include <pthread.h>
#include <stdio.h>

static double half(double value, long least, char sign)
{
    volatile char room[8000];

    room[0] = sign;
    return room[0] == '-' ? -value / 2 : value / 2 + (double)least;
}

static void *need(void *argument)
{
    *(double *)argument = half(5, 0, '+');
    return NULL;
}

int main(void)
{
    double value = 0;
    pthread_attr_t attr;
    pthread_t thread;

    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, 1 << 14);
    pthread_create(&thread, &attr, need, &value);
    pthread_join(thread, NULL);
    printf("%.1f\n", value);
    return 0;
}
