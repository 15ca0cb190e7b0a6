/*
 * A struct that is passed in memory is read by whoever passes it, from where it is: a
 * variable, a member, an element, or behind a pointer.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: five
 * status: 1
 * toy: no, gcc tells it nothing
 */
#include <pthread.h>
#include <stdio.h>

struct five {
    long values[5];
};

static struct five five;

static long first(int count, struct five some)
{
    return count + some.values[0];
}

static void *write_it(void *argument)
{
    five.values[0] = 1;
    return argument;
}

int main(void)
{
    struct five *volatile pointer = &five;
    pthread_t thread;
    long seen;

    pthread_create(&thread, NULL, write_it, NULL);
    seen = first(0, *pointer);
    pthread_join(thread, NULL);
    printf("%ld\n", seen);
    return 0;
}
