/*
 * Peterson's lock with seq_cst atomics excludes.
 *
 * can: exit 0 | 2\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int wants[2], turn;
static int counter;

static void add(int me)
{
    wants[me] = 1;
    turn = 1 - me;
    while (wants[1 - me] && turn == 1 - me)
        continue;
    counter++;
    wants[me] = 0;
}

static void *first(void *argument)
{
    add(0);
    return argument;
}

static void *second(void *argument)
{
    add(1);
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
