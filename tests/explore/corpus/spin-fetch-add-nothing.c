/*
 * To add nothing is to look. Whoever waits so for a message gets it.
 *
 * can: exit 0 | 42\n
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int ready;
static int message;

static void *tell(void *argument)
{
    message = 42;
    atomic_fetch_add(&ready, 1);
    return argument;
}

int main(void)
{
    pthread_t teller;

    pthread_create(&teller, NULL, tell, NULL);
    while (atomic_fetch_add(&ready, 0) == 0)
        ;
    printf("%d\n", message);
    pthread_join(teller, NULL);
    return 0;
}
