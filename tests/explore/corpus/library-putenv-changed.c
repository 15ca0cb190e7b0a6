/*
 * putenv takes the array itself into the environment (POSIX: "altering the string shall
 * change the environment"), and getenv reads it there, unseen. So nothing is proven.
 *
 * can: exit 0 | A is 1\n
 * status: 3
 * says: has a text of its own in the environment
 * native: no, it shows the other outcome now and then
 */
#define _XOPEN_SOURCE 700
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

static char text[] = "A=1";

static void *change(void *argument)
{
    text[0] = 'B';
    return argument;
}

int main(void)
{
    pthread_t thread;
    const char *value;

    putenv(text);
    pthread_create(&thread, NULL, change, NULL);
    value = getenv("A");
    printf("A is %s\n", value != NULL ? value : "not there");
    pthread_join(thread, NULL);
    return 0;
}
