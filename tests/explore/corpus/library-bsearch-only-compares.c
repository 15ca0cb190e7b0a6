/*
 * bsearch itself touches nothing: what it compares, the comparison reads.
 *
 * can: exit 0 | 1\n
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static const int numbers[3] = {1, 2, 3};

static int compare(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

static void *other(void *argument)
{
    bsearch(&numbers[2], numbers, 3, sizeof *numbers, compare);
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    printf("%d\n", *(int *)bsearch(&numbers[0], numbers, 3, sizeof *numbers, compare));
    pthread_join(thread, NULL);
    return 0;
}
