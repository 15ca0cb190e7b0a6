/*
 * Chance decides: no list of outcomes would be complete.
 *
 * says: calls getrandom
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <sys/random.h>

static void *pass(void *argument)
{
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, pass, NULL);
    char byte = 0;
    if (getrandom(&byte, 1, 0) == 1)
        printf("%d\n", byte & 1);
    pthread_join(thread, NULL);
    return 0;
}
