/*
 * Lamport's bakery for two: a number is drawn, the smaller goes first, and of equal
 * ones thread 0. Never both inside.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static atomic_bool draws[2];
static atomic_int numbers[2];
static int counter;

static bool goes_first(int other, int me)
{
    int theirs = atomic_load(&numbers[other]), mine = atomic_load(&numbers[me]);

    return theirs != 0 && (theirs < mine || (theirs == mine && other < me));
}

static void work(int me)
{
    atomic_store(&draws[me], true);
    atomic_store(&numbers[me], 1 + atomic_load(&numbers[1 - me]));
    atomic_store(&draws[me], false);
    while (atomic_load(&draws[1 - me]))
        ;
    while (goes_first(1 - me, me))
        ;
    counter++;
    atomic_store(&numbers[me], 0);
}

static void *first(void *argument)
{
    work(0);
    return argument;
}

static void *second(void *argument)
{
    work(1);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
