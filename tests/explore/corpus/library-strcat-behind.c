/*
 * strcat reads what is there and writes behind it, so the letter remains that the other thread has written.
 *
 * can: exit 0 | xbc\n
 * races: text
 */
#include <pthread.h>
#include <stdio.h>
#include <string.h>

static char text[8] = "a";

static void *other(void *argument)
{
    text[0] = 'x';
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    strcat(text, "bc");
    pthread_join(thread, NULL);
    puts(text);
    return 0;
}
