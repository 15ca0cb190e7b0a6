/*
 * What calloc gives is zeros, and each thread's is its own.
 *
 * can: exit 0 | 1 1\n
 */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static void *count(void *argument)
{
    int *number = calloc(1, sizeof *number);

    (void)argument;
    if (number != NULL)
        ++*number;
    return number;
}

int main(void)
{
    pthread_t a, b;
    void *of_a, *of_b;

    pthread_create(&a, NULL, count, NULL);
    pthread_create(&b, NULL, count, NULL);
    pthread_join(a, &of_a);
    pthread_join(b, &of_b);
    printf("%d %d\n", *(int *)of_a, *(int *)of_b);
    free(of_a);
    free(of_b);
    return 0;
}
