/*
 * sscanf writes a number while another thread reads it.
 *
 * can: exit 0 | 0\n
 * can: exit 0 | 1\n
 * races: number
 */
#include <pthread.h>
#include <stdio.h>

static signed char number;

static void *other(void *argument)
{
    sscanf("1", "%hhd", &number);
    return argument;
}

int main(void)
{
    pthread_t thread;

    int seen;
    pthread_create(&thread, NULL, other, NULL);
    seen = number;
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
