/*
 * fwrite reads what another thread writes.
 *
 * can: exit 0 | a
 * can: exit 0 | b
 * races: text
 */
#include <pthread.h>
#include <stdio.h>

static char text[1] = {'a'};

static void *other(void *argument)
{
    text[0] = 'b';
    return argument;
}

int main(void)
{
    pthread_t thread;

    pthread_create(&thread, NULL, other, NULL);
    fwrite(text, 1, 1, stdout);
    pthread_join(thread, NULL);
    return 0;
}
