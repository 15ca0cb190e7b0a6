/*
 * An optimiser leaves out accesses, and their hooks: what is explored is another
 * program than was written. (The Makefile compiles this one with -O2.) So nothing is proven.
 *
 * says: is compiled with -O2
 * can: exit 0 | done\n
 * status: 3
 */
#include <pthread.h>
#include <stdio.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, pass, NULL);
    pthread_join(thread, NULL);
    puts("done");
    return 0;
}
