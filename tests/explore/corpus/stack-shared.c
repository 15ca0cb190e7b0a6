/*
 * A local variable of main is as shared as a global one.
 *
 * can: exit 0 | 2\n
 * can: exit 0 | 1\n
 * races: memory
 */
#include <pthread.h>
#include <stdio.h>

static void *add(void *argument)
{
    ++*(int *)argument;
    return NULL;
}

int main(void)
{
    pthread_t a, b;
    int counter = 0;

    pthread_create(&a, NULL, add, &counter);
    pthread_create(&b, NULL, add, &counter);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    printf("%d\n", counter);
    return 0;
}
