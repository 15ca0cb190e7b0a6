/*
 * With strtok_r each thread has its own.
 *
 * can: exit 0 | d\n
 */
#define _POSIX_C_SOURCE 200809L
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char one[] = "a b", two[] = "c d";

static void *other(void *argument)
{
    char *rest;

    strtok_r(one, " ", &rest);
    strtok_r(NULL, " ", &rest);
    return argument;
}

int main(void)
{
    pthread_t thread;

    char *rest;
    pthread_create(&thread, NULL, other, NULL);
    strtok_r(two, " ", &rest);
    pthread_join(thread, NULL);
    puts(strtok_r(NULL, " ", &rest));
    return 0;
}
