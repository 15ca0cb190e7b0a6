/*
 * A variable of main that threads change while main waits for them is alive,
 * and so is one of a function that calls on.
 *
 * can: exit 0 | 3\n
 */
#include <pthread.h>
#include <stdio.h>

static void add(int *sum, int more)
{
    int now = *sum;

    *sum = now + more;
}

static void *run(void *argument)
{
    int *const *lent = argument;

    add(*lent, 2);
    return NULL;
}

int main(void)
{
    int sum = 1, *lent = &sum;
    pthread_t thread;

    pthread_create(&thread, NULL, run, &lent);
    pthread_join(thread, NULL);
    printf("%d\n", sum);
    return 0;
}
