/*
 * Waiting in a loop for the flag: the loop's turns are not counted.
 *
 * can: exit 0 | 42\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static int message;
static atomic_int sent;

static void *send(void *argument)
{
    message = 42;
    sent = 1;
    return argument;
}

static void *receive(void *argument)
{
    while (!sent)
        continue;
    printf("%d\n", message);
    return argument;
}

int main(void)
{
    pthread_t a, b;

    pthread_create(&a, NULL, send, NULL);
    pthread_create(&b, NULL, receive, NULL);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
    return 0;
}
