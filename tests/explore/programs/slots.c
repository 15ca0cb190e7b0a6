/* A slot with room for one; so many producers, consumers and items each as the
 * arguments say. With "2 2 2", and no wake-ups without cause, exploring takes some
 * tens of thousands of runs; with more, longer than anybody waits. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "crew.h"

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t not_empty = PTHREAD_COND_INITIALIZER, not_full = PTHREAD_COND_INITIALIZER;
static int producers, items, slot, sum;

static void put(int item)
{
    pthread_mutex_lock(&lock);
    while (slot != 0)
        pthread_cond_wait(&not_full, &lock);
    slot = item;
    pthread_cond_signal(&not_empty);
    pthread_mutex_unlock(&lock);
}

static void get(void)
{
    pthread_mutex_lock(&lock);
    while (slot == 0)
        pthread_cond_wait(&not_empty, &lock);
    sum += slot;
    slot = 0;
    pthread_cond_signal(&not_full);
    pthread_mutex_unlock(&lock);
}

static void *work(void *argument)
{
    bool produces = crew_number(argument) < producers;

    for (int i = 1; i <= items; i++)
        if (produces)
            put(i);
        else
            get();
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc < 4)
        return 2;
    producers = atoi(argv[1]);
    items = atoi(argv[3]);
    crew_run(work, producers + atoi(argv[2]));
    printf("%d\n", sum);
    return 0;
}
