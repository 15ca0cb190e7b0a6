/*
 * A barrier is ready again when it has opened: in each of two rounds both write
 * their own number, then read the other's, with no race and no other sum.
 *
 * can: exit 0 | 3 3\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static pthread_barrier_t barrier;
static int numbers[2], sums[2];

static void turn(int mine)
{
    for (int round = 1; round < 3; round++) {
        numbers[mine] = round;
        pthread_barrier_wait(&barrier);
        sums[mine] += numbers[1 - mine];
        pthread_barrier_wait(&barrier);
    }
}

static void *first(void *argument)
{
    turn(0);
    return argument;
}

static void *second(void *argument)
{
    turn(1);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_barrier_init(&barrier, NULL, 2);
    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", sums[0], sums[1]);
    return 0;
}
