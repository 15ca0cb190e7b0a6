/*
 * A long double, of which clang tells nobody, as it has ten bytes. Processors read and
 * write it in more than one step.
 *
 * says: bytes at once
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: number
 * native: no, it may print anything
 * toy: no, it does not see it
 */
#include <pthread.h>
#include <stdio.h>

static long double number;

static void *set(void *argument)
{
    number = 1;
    return argument;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, set, NULL);
    seen = (int)number;
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
