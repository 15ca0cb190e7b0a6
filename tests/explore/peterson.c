/* Peterson's lock (1981): under sequential consistency nothing is lost. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static _Atomic int wants[2], turn;
static int counter;

static void *run(void *arg)
{
    int self = *(const int *)arg, other = 1 - self;

    wants[self] = 1;
    turn = other;
    while (wants[other] && turn == other)
        ;
    counter++;
    wants[self] = 0;
    return NULL;
}

int main(void)
{
    static const int numbers[2] = { 0, 1 };
    pthread_t threads[2];

    for (int i = 0; i < 2; i++)
        pthread_create(&threads[i], NULL, run, (void *)&numbers[i]);
    for (int i = 0; i < 2; i++)
        pthread_join(threads[i], NULL);
    printf("%d\n", counter);
    return 0;
}
