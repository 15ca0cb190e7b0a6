/*
 * A struct is passed by value through a pointer that all know: the compiler tells that
 * the pointer is read, and of the struct nothing.
 *
 * races: pair
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * toy: no, gcc tells it nothing
 */
#include <pthread.h>
#include <stdio.h>

struct pair {
    int a, b;
};

static struct pair pair, *shared = &pair;

static int second_of(struct pair copy)
{
    return copy.b;
}

static void *set(void *argument)
{
    pair.b = 1;
    return argument;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, set, NULL);
    seen = second_of(*shared);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
