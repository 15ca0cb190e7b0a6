/*
 * getopt changes optind where no hook is: what another thread reads of it is
 * seen, what it changes is not. So nothing is proven.
 *
 * says: uses opt
 * can: exit 0 | 1\n
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static int seen;

static void *look(void *argument)
{
    seen = optind;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    pthread_join(thread, NULL);
    printf("%d\n", seen);
    return 0;
}
