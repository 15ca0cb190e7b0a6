/*
 * The flag that is waited for is never set.
 *
 * can: livelock |
 * native: no, it spins for ever
 */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>

static atomic_int flag;

static void *wait_for_it(void *argument)
{
    while (!flag)
        continue;
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, wait_for_it, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
