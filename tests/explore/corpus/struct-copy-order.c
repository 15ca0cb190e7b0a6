/*
 * To copy a struct is to read it first.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: from
 */
#include <pthread.h>
#include <stdio.h>

static struct pair {
    char a, b;
} from = {1, 1}, to;

static void *other(void *argument)
{
    to = from;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    from.a = 2;
    pthread_join(thread, NULL);
    printf("%d\n", to.a);
    return 0;
}
