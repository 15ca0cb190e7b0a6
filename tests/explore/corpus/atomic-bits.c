/*
 * or, and, xor, sub: each is one step.
 *
 * can: exit 0 | 5\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_uint bits = 0xf0;

static void *set_low(void *argument)
{
    atomic_fetch_or(&bits, 0x04);
    atomic_fetch_xor(&bits, 0x01);
    return argument;
}

static void *clear_high(void *argument)
{
    atomic_fetch_and(&bits, 0x1f);
    atomic_fetch_sub(&bits, 0x10);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set_low, NULL);
    pthread_create(&b, NULL, clear_high, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%u\n", bits);
    return 0;
}
