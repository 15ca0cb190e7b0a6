/*
 * Dekker's algorithm: two threads, three variables, and never both inside. With
 * atomics that are seq_cst the counter is right and there is no race.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>

static atomic_bool wants[2];
static atomic_int turn;
static int counter;

static void work(int me)
{
    atomic_store(&wants[me], true);
    while (atomic_load(&wants[1 - me]))
        if (atomic_load(&turn) != me) {
            atomic_store(&wants[me], false);
            while (atomic_load(&turn) != me)
                ;
            atomic_store(&wants[me], true);
        }
    counter++;
    atomic_store(&turn, 1 - me);
    atomic_store(&wants[me], false);
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
