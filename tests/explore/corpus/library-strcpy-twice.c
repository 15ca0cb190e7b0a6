/*
 * Two strcpy write one after the other, or in each other's midst: C does not say
 * in which order a copy goes, byte by byte is one.
 *
 * can: exit 0 | hi\n
 * can: exit 0 | x\n
 * can: exit 0 | xi\n
 * can: exit 0 | h\n
 * races: text
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char text[16];

static void *other(void *argument)
{
    strcpy(text, "hi");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    strcpy(text, "x");
    pthread_join(thread, NULL);
    puts(text);
    return 0;
}
