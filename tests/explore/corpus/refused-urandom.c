/*
 * Chance, out of a file.
 *
 * says: opens /dev/urandom
 * status: 2
 * native: no, it is refused
 */
#define _GNU_SOURCE
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
    FILE *file = fopen("/dev/urandom", "r");
    if (file != NULL)
        printf("%d\n", fgetc(file) & 1);
    pthread_join(thread, NULL);
    return 0;
}
