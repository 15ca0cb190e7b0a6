/*
 * What was written before a seq_cst store is there for whoever reads that store.
 *
 * can: exit 0 | 42\n
 * can: exit 0 | nothing yet\n
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
    if (sent)
        printf("%d\n", message);
    else
        puts("nothing yet");
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
