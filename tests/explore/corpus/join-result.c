/*
 * A join hands over the result, and all that the thread did.
 *
 * can: exit 0 | 42\n
 */
#include <pthread.h>
#include <stdio.h>

static int answer;

static void *compute(void *argument)
{
    answer = 42;
    (void)argument;
    return &answer;
}

int main(void)
{
    pthread_t thread;
    void *result;

    pthread_create(&thread, NULL, compute, NULL);
    pthread_join(thread, &result);
    printf("%d\n", *(int *)result);
    return 0;
}
