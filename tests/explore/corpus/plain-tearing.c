/*
 * A struct is copied field by field: half of each can be read.
 *
 * can: exit 0 | 0 0\n
 * can: exit 0 | 1 1\n
 * can: exit 0 | 0 1\n
 * can: exit 0 | 1 0\n
 * races: pair
 */
#include <pthread.h>
#include <stdio.h>

static struct {
    int a, b;
} pair;
static int seen_a, seen_b;

static void *set(void *argument)
{
    pair.a = 1;
    pair.b = 1;
    return argument;
}

static void *get(void *argument)
{
    seen_a = pair.a;
    seen_b = pair.b;
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, set, NULL);
    pthread_create(&b, NULL, get, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d %d\n", seen_a, seen_b);
    return 0;
}
