/*
 * qsort moves what its comparison only looks at.
 *
 * can: exit 0 | 1\n
 * can: exit 0 | 2\n
 * races: numbers
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static char numbers[2] = {2, 1};

static int compare(const void *a, const void *b)
{
    return *(const char *)a - *(const char *)b;
}

static void *other(void *argument)
{
    qsort(numbers, 2, 1, compare);
    return argument;
}

int main(void)
{
    pthread_t thread;

    int seen;
    pthread_create(&thread, NULL, other, NULL);
    seen = numbers[0];
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
