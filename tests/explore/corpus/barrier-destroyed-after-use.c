/*
 * When all have left it, a barrier may be destroyed.
 *
 * can: exit 0 | 0\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t barrier;

static void *arrive(void *argument)
{
    pthread_barrier_wait(&barrier);
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
    printf("%d\n", pthread_barrier_destroy(&barrier));
    return 0;
}
