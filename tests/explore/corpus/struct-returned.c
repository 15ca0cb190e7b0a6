/*
 * A struct that a function returns is written where gcc tells nobody, either.
 *
 * races: pair
 * can: exit 0 | 0\n
 * can: exit 0 | 2\n
 * toy: no, gcc tells it nothing
 */
#include <pthread.h>
#include <stdio.h>

struct pair {
    int a, b;
};

static struct pair pair;

static struct pair make(int a, int b)
{
    return (struct pair){a, b};
}

static void *set(void *argument)
{
    struct pair *shared = argument;

    *shared = make(1, 2);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, set, &pair);
    seen = pair.b;
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
