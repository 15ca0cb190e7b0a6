/*
 * A compare-exchange that fails writes what it found: a plain write, to memory that
 * the other thread reads.
 *
 * races: expected
 * can: exit 0 | 7 3\n
 * can: exit 0 | 3 3\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int value = 3;
static int expected = 7, seen;

static void *look(void *argument)
{
    seen = expected;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    atomic_compare_exchange_strong(&value, &expected, 1);
    pthread_join(thread, NULL);
    printf("%d %d\n", seen, expected);
    return 0;
}
