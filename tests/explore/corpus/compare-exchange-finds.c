/*
 * Of two that change 0 to their own number one comes second, and is told the
 * number that the first has left.
 *
 * can: exit 0 | 1 found 2\n
 * can: exit 0 | 2 found 1\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int value;

static void set(int mine)
{
    int expected = 0;

    if (!atomic_compare_exchange_strong(&value, &expected, mine))
        printf("%d found %d\n", mine, expected);
}

static void *first(void *argument)
{
    set(1);
    return argument;
}

static void *second(void *argument)
{
    set(2);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, first, NULL);
    pthread_create(&b, NULL, second, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
