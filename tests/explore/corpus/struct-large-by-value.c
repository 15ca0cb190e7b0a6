/*
 * A large struct is passed by one instruction that repeats itself; it is one access
 * here, and so is doubted where it races.
 *
 * races: many
 * says: races over 400 bytes at once
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * status: 1
 * toy: no, gcc tells it nothing
 */
#include <pthread.h>
#include <stdio.h>

struct many {
    int values[100];
};

static struct many many;

static int last(struct many copy)
{
    return copy.values[99];
}

static void *set(void *argument)
{
    ((struct many *)argument)->values[99] = 1;
    return NULL;
}

int main(void)
{
    struct many *shared = &many;
    pthread_t thread;
    int seen;

    pthread_create(&thread, NULL, set, shared);
    seen = last(*shared);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
