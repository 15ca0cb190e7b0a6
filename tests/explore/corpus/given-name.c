/*
 * A thread's name is read from memory that another thread changes, and written to
 * such.
 *
 * can: exit 0 | ab\n
 * can: exit 0 | Xb\n
 * races: name
 * toy: no, it has no names
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>

static char name[] = "ab";

static void *change(void *argument)
{
    name[0] = 'X';
    return argument;
}

int main(void)
{
    pthread_t thread;
    char read[16];

    pthread_create(&thread, NULL, change, NULL);
    pthread_setname_np(pthread_self(), name);
    pthread_getname_np(pthread_self(), read, sizeof read);
    puts(read);
    pthread_join(thread, NULL);
    return 0;
}
