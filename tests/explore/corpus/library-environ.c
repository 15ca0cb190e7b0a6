/*
 * setenv moves the table that environ points to, where no hook is.
 *
 * says: environ, a variable that a library changes unseen
 * can: exit 0 | yes\n
 * status: 3
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

static void *look(void *argument)
{
    return environ != NULL ? argument : NULL;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, look, NULL);
    pthread_join(thread, NULL);
    puts("yes");
    return 0;
}
