/*
 * Adding to a floating atomic is a loop of compare-exchange: nothing is lost.
 *
 * can: exit 0 | 4.0\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static _Atomic double sum = 1;

static void *run(void *argument)
{
    sum += 1.5;
    return argument;
}

int main(void)
{
    pthread_t runner;

    pthread_create(&runner, NULL, run, NULL);
    sum += 1.5;
    pthread_join(runner, NULL);
    printf("%.1f\n", sum);
    return 0;
    return 0;
}
