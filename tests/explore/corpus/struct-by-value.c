/*
 * A struct behind a pointer is passed by value: gcc moves it and tells nobody, so that is
 * found in its assembler. The function is shown what was there before or behind.
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

static struct pair pair;

static int second_of(struct pair copy)
{
    return copy.b;
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
    seen = second_of(*shared);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
