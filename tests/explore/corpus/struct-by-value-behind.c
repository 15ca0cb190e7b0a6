/*
 * What gcc tells of one argument is not said of the struct behind it.
 *
 * races: pair
 * can: exit 0 | 14\n
 * can: exit 0 | 15\n
 * toy: no, gcc tells it nothing
 */
#include <pthread.h>
#include <stdio.h>

struct pair {
    int a, b;
};

static struct pair pair;
static int seven = 7;

static int sum(int before, struct pair copy, int behind)
{
    return before + copy.b + behind;
}

static void *set(void *argument)
{
    ((struct pair *)argument)->b = 1;
    return NULL;
}

int main(void)
{
    struct pair *shared = &pair;
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, set, shared);
    seen = sum(seven, *shared, seven);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
