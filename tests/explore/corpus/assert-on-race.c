/*
 * An assertion that holds in most orders.
 *
 * can: exit 0 | 2\n
 * can: signal 6 |
 * races: counter
 */
#include <assert.h>
#include <pthread.h>
#include <stdio.h>

static int counter;

static void *add(void *argument)
{
    counter++;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, add, NULL);
    pthread_create(&b, NULL, add, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    assert(counter == 2);
    puts("2");
    return 0;
}
