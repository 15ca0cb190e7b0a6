/*
 * strncpy writes all of its bytes, zeros behind the text, and nothing more.
 *
 * can: exit 0 | a\n
 * can: exit 0 | aZ\n
 * races: text
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char text[4];

static void *other(void *argument)
{
    text[1] = 'Z';
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    strncpy(text, "a", 3);
    pthread_join(thread, NULL);
    text[3] = '\0';
    puts(text);
    return 0;
}
