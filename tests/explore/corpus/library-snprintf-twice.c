/*
 * Two threads print one letter into the same text.
 *
 * can: exit 0 | a\n
 * can: exit 0 | b\n
 * races: text
 */
#include <pthread.h>
#include <stdio.h>

static char text[16];

static void *other(void *argument)
{
    snprintf(text, sizeof text, "%s", "a");
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    sprintf(text, "%c", 'b');
    pthread_join(thread, NULL);
    puts(text);
    return 0;
}
