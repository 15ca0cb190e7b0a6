/*
 * Two threads end the program, each with a status of its own; main may be
 * first with 0.
 *
 * can: exit 0 |
 * can: exit 1 |
 * can: exit 2 |
 */
#include <pthread.h>
#include <stdlib.h>

static void *leave_with_1(void *argument)
{
    (void)argument;
    exit(1);
}

static void *leave_with_2(void *argument)
{
    (void)argument;
    exit(2);
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, leave_with_1, NULL);
    pthread_create(&b, NULL, leave_with_2, NULL);
    return 0;
}
