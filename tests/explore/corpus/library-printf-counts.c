/*
 * %n writes what was printed so far.
 *
 * can: exit 0 | ab0\n
 * can: exit 0 | ab2\n
 * races: count
 */
#include <pthread.h>
#include <stdio.h>

static signed char count;

static void *other(void *argument)
{
    printf("ab%hhn", &count);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    int seen = count;
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
