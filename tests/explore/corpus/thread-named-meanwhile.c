/*
 * A thread's name is asked for while it names itself.
 *
 * can: exit 0 | new\n
 * can: exit 0 | old\n
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static void *name(void *argument)
{
    pthread_setname_np(pthread_self(), "new");
    return argument;
}

int main(void)
{
    pthread_t thread;
    char text[16];

    pthread_create(&thread, NULL, name, NULL);
    pthread_getname_np(thread, text, sizeof text);
    pthread_join(thread, NULL);
    puts(strcmp(text, "new") == 0 ? "new" : "old");
    return 0;
}
