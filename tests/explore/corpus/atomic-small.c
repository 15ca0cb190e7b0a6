/*
 * Neighbours of one byte are objects of their own.
 *
 * can: exit 0 | 1 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>

static _Atomic uint8_t bytes[2];

static void *set_first(void *argument)
{
    bytes[0] = 1;
    return argument;
}

static void *set_second(void *argument)
{
    bytes[1] = 2;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set_first, NULL);
    pthread_create(&b, NULL, set_second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", bytes[0], bytes[1]);
    return 0;
}
