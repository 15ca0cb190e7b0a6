/*
 * Of two at a barrier just one is told that it is the serial one.
 *
 * can: exit 0 | 1\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static pthread_barrier_t barrier;
static atomic_int serial;

static void *arrive(void *argument)
{
    if (pthread_barrier_wait(&barrier) == PTHREAD_BARRIER_SERIAL_THREAD)
        serial++;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&a, NULL, arrive, NULL);
    pthread_create(&b, NULL, arrive, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", serial);
    return 0;
}
